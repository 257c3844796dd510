import { loadTranslator } from '../shared/i18n.ts'
import { wantedLanguages } from '../shared/languages.ts'
import { type Asked, askedOf, type Verb } from './arguments.ts'
import { carriers } from './carriers.ts'
import { exitCodes, Refusal } from './exit-codes.ts'
import { helpText } from './help.ts'
import { jsonReport } from './json-report.ts'
import { systemLanguages, terminalFormats } from './own-ports.ts'
import { openOwnSession } from './own-session.ts'
import { textReport } from './report.ts'
import { storedIn, usualUserData } from './stored.ts'
import type { Terminal } from './terminal.ts'

/**
 * Does what the words after the program's name ask for: the exit code. Rejects for a fault of the program. What still goes
 * on when it was interrupted is of no interest to anybody: the process should end.
 */
export async function commandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  const { interrupted, err } = terminal
  const interruption = new Promise<number>((resolve) => {
    interrupted.addEventListener('abort', () => resolve(exitCodes.interrupted))
  })
  try {
    return await Promise.race([interruption, answer(words, terminal)])
  } catch (error) {
    if (interrupted.aborted) return exitCodes.interrupted
    if (!(error instanceof Refusal)) throw error
    err.write(`${error.message}\n`)
    if (error.exitCode === exitCodes.usage) err.write('wexflow-tray --help says more.\n')
    return error.exitCode
  }
}

async function answer(words: readonly string[], terminal: Terminal): Promise<number> {
  const asked = askedOf(words)
  const { verb } = asked
  if (verb !== 'help' && verb !== 'version') return onServers(verb, asked, terminal)
  terminal.out.write(verb === 'help' ? helpText : `${terminal.version}\n`)
  return exitCodes.done
}

/** The commands that are about what goes on already, whoever began it. */
const aboutJobs: ReadonlySet<Verb> = new Set<Verb>([
  'jobs',
  'stop',
  'suspend',
  'resume',
  'approve',
  'reject',
  'log',
])

async function onServers(verb: Verb, asked: Asked, terminal: Terminal): Promise<number> {
  const stored = storedIn(asked.userData ?? usualUserData(terminal))
  const wanted = wantedLanguages(stored.settings.language, systemLanguages(terminal))
  const translator = await loadTranslator(wanted, () => terminalFormats(terminal))
  const watch = aboutJobs.has(verb) ? 'all' : 'mine'
  const session = await openOwnSession({ ...stored, asked, terminal, translator, watch })
  const { servers } = session
  const report = (asked.isJson ? jsonReport : textReport)({ terminal, translator, servers })
  try {
    return await carriers[verb]({ asked, session, report, translator, terminal })
  } finally {
    report.close()
    await session.close()
  }
}
