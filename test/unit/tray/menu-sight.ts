import type { MenuItem, TrayFacts } from '../../../src/main/tray/menu-facts.ts'
import { menuModel } from '../../../src/main/tray/menu-model.ts'
import type { Command } from '../../../src/shared/commands.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'
import { stateWith } from '../app-state.ts'

const { t } = createTranslator(['en-GB'])

/** Signed in to one server with nothing on it, with what a test says of it. */
export const factsWith = (part: Partial<TrayFacts>): TrayFacts => ({
  state: stateWith({}),
  jobs: [],
  usualDurations: new Map(),
  unseen: 0,
  t,
  locale: 'en-GB',
  times: 'en-GB',
  now: 0,
  ...part,
})

/** A menu as a person reads it: what can't be chosen in brackets, a submenu as a list below its label. */
export type Sight = string | { readonly [label: string]: readonly Sight[] }

export const sightOf = (item: MenuItem): Sight => {
  switch (item.type) {
    case 'separator':
      return '---'
    case 'text':
      return `[${item.label}]`
    case 'command':
      return item.label
    case 'submenu':
      return { [item.label]: item.items.map(sightOf) }
  }
}

export const sight = (part: Partial<TrayFacts>): readonly Sight[] => menuModel(factsWith(part)).map(sightOf)

/** Commands by the labels that lead to them. */
export const commandsIn = (items: readonly MenuItem[], path = ''): ReadonlyMap<string, Command> =>
  new Map(
    items.flatMap((item) => {
      if (item.type === 'command') return [[`${path}${item.label}`, item.command] as const]
      return item.type === 'submenu' ? [...commandsIn(item.items, `${path}${item.label} > `)] : []
    }),
  )
