import { resolve } from 'node:path'
import { loadTranslator, type Translator } from '../shared/i18n.ts'
import { wantedLanguages } from '../shared/languages.ts'
import { openAppSession } from './app-session.ts'
import { type Asked, askedOf, type ServerVerb } from './arguments.ts'
import { carriers } from './carriers.ts'
import { completionOf } from './completion.ts'
import { asRefusal, exitCodes, Refusal } from './exit-codes.ts'
import { helpText } from './help.ts'
import { jsonReport } from './json-report.ts'
import { systemLanguages, terminalFormats } from './own-ports.ts'
import { openOwnSession } from './own-session.ts'
import { textReport } from './report.ts'
import type { Session } from './session.ts'
import { storedIn, usualUserData } from './stored.ts'
import type { Terminal } from './terminal.ts'

/**
 * Does what the words after the program's name ask for: the exit code. Rejects for a fault of the program. What still goes
 * on when it was interrupted is of no interest to anybody: the process should end.
 */
export async function commandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  const { interrupted, err } = terminal
  const interruption = new Promise<number>((settle) => {
    interrupted.addEventListener('abort', () => settle(exitCodes.interrupted))
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
  if (verb !== 'help' && verb !== 'version' && verb !== 'completion') return onServers(verb, asked, terminal)
  terminal.out.write(texts[verb](asked, terminal))
  return exitCodes.done
}

/** What is only said. */
const texts: Readonly<
  Record<Exclude<Asked['verb'], ServerVerb>, (asked: Asked, terminal: Terminal) => string>
> = {
  help: () => helpText,
  version: (_asked, { version }) => `${version}\n`,
  completion: ({ operand }) => completionOf(operand),
}

async function onServers(verb: ServerVerb, asked: Asked, terminal: Terminal): Promise<number> {
  const userData = resolve(asked.userData ?? usualUserData(terminal))
  const stored = storedIn(userData)
  const wanted = wantedLanguages(stored.settings.language, systemLanguages(terminal))
  const translator = await loadTranslator(wanted, () => terminalFormats(terminal))
  try {
    const session = await openSession({ verb, asked, terminal, userData, translator, stored })
    return await carryOut(verb, session, { asked, terminal, translator })
  } catch (error) {
    throw asRefusal(error, translator.t)
  }
}

/** The commands that are about workflows; all others are about what goes on already, whoever began it. */
const aboutWorkflows: ReadonlySet<ServerVerb> = new Set<ServerVerb>(['run', 'list'])

interface Opening {
  readonly verb: ServerVerb
  readonly asked: Asked
  readonly terminal: Terminal
  readonly userData: string
  readonly translator: Translator
  readonly stored: ReturnType<typeof storedIn>
}

/** The app where it runs; one in this process where it does not, or somebody else is to sign in. */
async function openSession({
  verb,
  asked,
  terminal,
  userData,
  translator,
  stored,
}: Opening): Promise<Session> {
  const { server, user, passwordFile } = asked
  const isOwn = user !== null || passwordFile !== null
  const running = isOwn ? null : await openAppSession({ terminal, userData, translator, server })
  const watch = aboutWorkflows.has(verb) ? 'mine' : 'all'
  return running ?? openOwnSession({ ...stored, asked, terminal, translator, watch })
}

async function carryOut(
  verb: ServerVerb,
  session: Session,
  { asked, terminal, translator }: Pick<Opening, 'asked' | 'terminal' | 'translator'>,
): Promise<number> {
  const { servers } = session
  const report = (asked.isJson ? jsonReport : textReport)({ terminal, translator, servers })
  try {
    return await carriers[verb]({ asked, session, report, translator, terminal })
  } finally {
    report.close()
    await session.close()
  }
}
