/** The commands of the command line. */
export type Verb =
  | 'run'
  | 'list'
  | 'jobs'
  | 'stop'
  | 'suspend'
  | 'resume'
  | 'approve'
  | 'reject'
  | 'log'
  | 'completion'

/** The options that only the command line has; `--user-data-dir` is one of the app as well. */
const ownOptions = [
  'server',
  'user',
  'password-file',
  'var',
  'wait',
  'log',
  'json',
  'verbose',
  'help',
  'version',
] as const
export type OwnOption = (typeof ownOptions)[number]

/** A command or, in a script that should hear of it, a word that was meant as one. */
const bareWord = /^[a-z][a-z-]*$/iu

const isOwnOption = (word: string): boolean =>
  word === '-h' || ownOptions.some((name) => word === `--${name}` || word.startsWith(`--${name}=`))

/** Whether a person who says this first means the command line and not the app's window. No system starts the app so. */
export const isFirstWord = (word: string): boolean => bareWord.test(word) || isOwnOption(word)
