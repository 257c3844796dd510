import type { DetailAction } from '../actions/actions-of.ts'

/** The keys as they are printed on keyboards, by what they do with a job. */
export const keyNames = {
  runAgain: 'R',
  withVariables: 'V',
  stop: 'S',
  suspend: 'P',
  resume: 'P',
  approve: 'A',
  reject: 'X',
} as const satisfies Record<DetailAction, string>

/** Whether a key is that of a letter or a sign: these do nothing where the setting says so. */
export const isSingleKey = (name: string): boolean => /^[A-Z/?]$/u.test(name)

/** All keys of the jobs page, in the order in which they are listed, and the message of each. */
export const shortcuts = [
  { keys: ['/'], text: 'keys.search' },
  { keys: ['N'], text: 'keys.start' },
  { keys: ['J', 'K', '↓', '↑'], text: 'keys.move' },
  { keys: ['→', '←'], text: 'keys.fold' },
  { keys: ['Enter'], text: 'keys.open' },
  { keys: ['Esc'], text: 'keys.back' },
  { keys: [keyNames.runAgain], text: 'keys.runAgain' },
  { keys: [keyNames.withVariables], text: 'keys.withVariables' },
  { keys: [keyNames.stop], text: 'keys.stop' },
  { keys: [keyNames.suspend], text: 'keys.suspend' },
  { keys: [keyNames.approve, keyNames.reject], text: 'keys.decide' },
  { keys: ['H'], text: 'keys.history' },
  { keys: ['W'], text: 'keys.webManager' },
  { keys: ['M'], text: 'keys.menu' },
  { keys: ['F'], text: 'keys.failures' },
  { keys: ['L'], text: 'keys.log' },
  { keys: ['E'], text: 'keys.error' },
  { keys: ['Del'], text: 'keys.remove' },
  { keys: ['?'], text: 'keys.help' },
] as const
