import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { TFunction } from 'i18next'
import { codeOf } from '../main/platform/error-code.ts'
import { readTextFile } from '../main/platform/text-file.ts'
import { exitCodes, Refusal } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

export interface PasswordQuestion {
  readonly user: string
  readonly server: string
  /** The file that was named on the command line; null for none. */
  readonly file: string | null
}

/**
 * The password, from where it is given: a file, the environment, or the person at the terminal. Never an argument, which
 * every user of the machine can read. Throws a `Refusal`.
 */
export async function passwordFor(
  { user, server, file }: PasswordQuestion,
  terminal: Terminal,
  t: TFunction,
): Promise<string> {
  if (file !== null) return firstLine(file, t)
  const given = terminal.env['WEXFLOW_TRAY_PASSWORD']
  if (given !== undefined && given !== '') return given
  if (terminal.input.isTTY !== true) throw new Refusal(t('commandLine.passwordNeeded'), exitCodes.trouble)
  return ask(`${t('commandLine.password', { user, server })} `, terminal, t)
}

async function firstLine(file: string, t: TFunction): Promise<string> {
  try {
    const [line = ''] = (await readTextFile(file)).split(/\r?\n/u, 1)
    return line
  } catch (error) {
    throw new Refusal(t('commandLine.passwordUnread', { file, code: codeOf(error) }), exitCodes.usage)
  }
}

/** What is typed is shown nowhere. */
async function ask(prompt: string, { input, err, interrupted }: Terminal, t: TFunction): Promise<string> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: silence, terminal: true })
  // Ctrl+C comes as a key while the terminal hands over each of them.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  err.write(prompt)
  try {
    return await lines.question('', { signal: interrupted })
  } catch {
    // Ctrl+D, or the terminal is gone.
    throw new Refusal(t('commandLine.noPassword'), exitCodes.trouble)
  } finally {
    err.write('\n')
    lines.close()
  }
}
