import { type OptionFacts, options, type OptionName, verbs } from './arguments.ts'
import { exitCodes } from './exit-codes.ts'

/** Two columns; the first one as wide as it needs. */
export function columns(rows: readonly (readonly [string, string])[], indent: string): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `${indent}${left.padEnd(width)}  ${right}`.trimEnd()).join('\n')
}

const commands = Object.entries(verbs).map(([verb, { operand, about }]): [string, string] => [
  operand === null ? verb : `${verb} ${operand}`,
  about,
])

const wordsOf = (name: OptionName): string => {
  const facts: OptionFacts = options[name]
  const long = facts.value === undefined ? `--${name}` : `--${name} ${facts.value}`
  return facts.short === undefined ? long : `-${facts.short}, ${long}`
}

/** What each exit code means; the same table stands in docs/command-line.md. */
const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'done; without --wait: the server has taken the start',
  failed: 'the job failed',
  usage: 'the command line was not understood, or names nothing or several things',
  warning: 'the job ended with a warning',
  stopped: 'the job was stopped',
  rejected: 'the job was rejected',
  notStarted: 'the workflow was not started',
  unknown: 'how the job ended is not known',
  trouble: 'the server, the sign-in or the app stands in the way',
  interrupted: 'interrupted by Ctrl+C',
  unread: 'nobody reads the output any more',
}

const exits = Object.entries(exitCodes).map(([name, code]): [string, string] => [
  String(code),
  new Map(Object.entries(meanings)).get(name) ?? '',
])

const isOption = (name: string): name is OptionName => Object.hasOwn(options, name)

export const helpText = `Usage: wexflow-tray COMMAND [OPTIONS]

Starts workflows of a Wexflow server and follows their jobs: through Wexflow Tray where that runs,
or else by itself.

Commands:
${columns(commands, '  ')}

WORKFLOW is an id or a name, or how one name alone begins. JOB is a job’s id, or how one alone begins.

Options:
${columns(
  Object.keys(options)
    .filter(isOption)
    .map((name) => [wordsOf(name), options[name].about] as const),
  '  ',
)}

Where the app does not run, or with --user, the password is read from --password-file, from the environment
variable WEXFLOW_TRAY_PASSWORD, or asked for on the terminal.

Exit codes:
${columns(exits, '  ')}
`
