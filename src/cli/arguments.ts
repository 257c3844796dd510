import { parseArgs } from 'node:util'
import { variableSchema, type Variable } from '../shared/variables.ts'
import { mostVariables } from '../shared/variable-limits.ts'
import type { Wish } from '../shared/wish.ts'
import { exitCodes, Refusal } from './exit-codes.ts'
import type { OwnOption, Verb } from './first-words.ts'

export interface OptionFacts {
  readonly type: 'string' | 'boolean'
  readonly multiple?: true
  readonly short?: string
  /** What is said after it; absent where it stands alone. */
  readonly value?: string
  readonly about: string
}

/** Every option, in the order in which help shows them. */
export const options = {
  server: { type: 'string', value: 'SERVER', about: 'the server: its name, its host or its address' },
  user: {
    type: 'string',
    value: 'NAME',
    about: 'sign in from here as this user, not through the app',
  },
  'password-file': {
    type: 'string',
    value: 'FILE',
    about: 'sign in from here with the password in the first line of this file',
  },
  var: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    about: 'start with this variable; may be given several times',
  },
  wait: { type: 'boolean', about: 'follow the job to its end; the exit code says how it ended' },
  log: { type: 'boolean', about: 'with --wait: print the job’s log once it has ended' },
  json: { type: 'boolean', about: 'one JSON object per line' },
  verbose: { type: 'boolean', about: 'say on standard error what happens on the way to the server' },
  'user-data-dir': {
    type: 'string',
    value: 'FOLDER',
    about: 'the folder in which the app remembers, if not the usual one',
  },
  help: { type: 'boolean', short: 'h', about: 'this text' },
  version: { type: 'boolean', about: 'the version' },
} as const satisfies Record<OwnOption | 'user-data-dir', OptionFacts>
export type OptionName = keyof typeof options

const common = ['server', 'user', 'password-file', 'json', 'verbose', 'user-data-dir'] as const

/** The shells that completion is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

export interface VerbFacts {
  /** What has to be named; null for nothing. */
  readonly operand: string | null
  readonly options: readonly OptionName[]
  readonly about: string
}

/** Every command, in the order in which help shows them. */
export const verbs = {
  run: { operand: 'WORKFLOW', options: [...common, 'var', 'wait', 'log'], about: 'start a workflow' },
  list: { operand: null, options: common, about: 'the workflows' },
  jobs: { operand: null, options: common, about: 'the jobs, the newest first' },
  stop: { operand: 'JOB', options: common, about: 'stop a job' },
  suspend: { operand: 'JOB', options: common, about: 'suspend a job before its next task' },
  resume: { operand: 'JOB', options: common, about: 'have a suspended job go on' },
  approve: { operand: 'JOB', options: common, about: 'approve a job that waits' },
  reject: { operand: 'JOB', options: common, about: 'reject a job that waits' },
  log: { operand: 'JOB', options: common, about: 'the log of a job that has ended' },
  completion: {
    operand: shells.join('|'),
    options: [],
    about: 'a script by which this shell completes commands and options',
  },
} as const satisfies Record<Verb, VerbFacts> & Record<Wish, VerbFacts>
/** The commands that are carried out on servers. */
export type ServerVerb = Exclude<Verb, 'completion'>

const isVerb = (word: string): word is Verb => Object.hasOwn(verbs, word)

/** What was asked for on the command line. */
export interface Asked {
  readonly verb: Verb | 'help' | 'version'
  /** What the command names; empty where it names nothing. */
  readonly operand: string
  readonly server: string | null
  readonly user: string | null
  readonly passwordFile: string | null
  readonly variables: readonly Variable[]
  readonly waits: boolean
  readonly showsLog: boolean
  readonly isJson: boolean
  readonly isVerbose: boolean
  readonly userData: string | null
}

const refuse = (sentence: string): never => {
  throw new Refusal(sentence, exitCodes.usage)
}

/** Reads the words after the program's name. Throws a `Refusal` where they say nothing, or too much. */
export function askedOf(words: readonly string[]): Asked {
  const { values, positionals } = parse(words)
  const [word = '', ...operands] = positionals
  const asked = {
    operand: operands[0] ?? '',
    server: values.server ?? null,
    user: values.user ?? null,
    passwordFile: values['password-file'] ?? null,
    variables: variablesOf(values.var ?? []),
    waits: values.wait === true,
    showsLog: values.log === true,
    isJson: values.json === true,
    isVerbose: values.verbose === true,
    userData: values['user-data-dir'] ?? null,
  }
  if (values.help === true || word === 'help') return { ...asked, verb: 'help' }
  if (values.version === true) return { ...asked, verb: 'version' }
  if (word === '') return refuse('Say what to do.')
  if (!isVerb(word)) return refuse(`There is no command “${word}”.`)
  const { operand, options: allowed }: VerbFacts = verbs[word]
  const foreign = Object.keys(values).find((name) => !allowed.some((one) => one === name))
  if (foreign !== undefined) return refuse(`The command ${word} takes no --${foreign}.`)
  const most = operand === null ? 0 : 1
  if (operands.length > most)
    return refuse(`“${operands[most] ?? ''}” is too much. A name with spaces needs quotes.`)
  if (operand !== null && asked.operand === '') return refuse(`Say which: ${word} ${operand}.`)
  if (asked.showsLog && !asked.waits)
    return refuse('--log needs --wait: a job has its log when it has ended.')
  return { ...asked, verb: word }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options })
  } catch (error) {
    // Of Node's message the first sentence says what is wrong, the others advise on details.
    const [problem = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/u)
    return refuse(`${problem.replace(/\.$/u, '')}.`)
  }
}

function variablesOf(said: readonly string[]): readonly Variable[] {
  if (said.length > mostVariables) return refuse(`At most ${mostVariables} variables can be sent.`)
  const variables = said.map(variableOf)
  const twice = variables.find(({ name }, at) => variables.findIndex((other) => other.name === name) !== at)
  return twice === undefined ? variables : refuse(`The variable ${twice.name} is given twice.`)
}

function variableOf(said: string): Variable {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/su.exec(said) ?? []
  const read = variableSchema.safeParse({ name, value, isSecret: false })
  return read.success
    ? read.data
    : refuse(
        '--var wants NAME=VALUE. A name is made of letters, digits and _, at most 100, and begins with no digit; a value has at most 10,000 characters.',
      )
}
