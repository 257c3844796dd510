/** The commands of the command line. */
const verbNames = [
  'run',
  'list',
  'jobs',
  'stop',
  'suspend',
  'resume',
  'approve',
  'reject',
  'log',
  'completion',
] as const
export type Verb = (typeof verbNames)[number]

/** By these words, said first, a person means the command line and not the app's window. */
export const firstWords: readonly string[] = [...verbNames, 'help', '--help', '-h', '--version']
