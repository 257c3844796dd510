/**
 * An autostart entry, by the Desktop Entry Specification 1.5 and the Desktop Application Autostart Specification 0.5
 * (freedesktop.org).
 */

/** A value of the type string, in which a backslash begins an escape. */
const stringValue = (text: string): string =>
  text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`)

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', s: ' ' }

const textOf = (value: string): string =>
  value.replaceAll(/\\(?<escaped>.)/gu, (_whole, escaped: string) => escapes[escaped] ?? escaped)

/** An argument in quotes, within which four characters are escaped; a lone % would begin a field code. */
const quoted = (argument: string): string =>
  `"${argument.replaceAll(/["`$\\]/gu, String.raw`\$&`).replaceAll('%', '%%')}"`

/** The entry that starts a program, given by its absolute path, with these arguments. */
export const autostartEntry = (program: string, programArguments: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Wexflow Tray',
    `Exec=${stringValue([quoted(program), ...programArguments].join(' '))}`,
    // Where the program is gone, nothing is started, and nobody is told of an error.
    `TryExec=${stringValue(program)}`,
    'Icon=wexflow-tray',
    'Terminal=false',
    'StartupNotify=false',
    '',
  ].join('\n')

/** By these, set to false, a desktop's own settings turn an entry off (GNOME and its kin; MATE). */
const enabledKeys = ['X-GNOME-Autostart-enabled', 'X-MATE-Autostart-enabled']

/** What an autostart entry says. */
export interface AutostartEntry {
  /** False where the person has turned it off in the desktop's settings, which leave the file where it is. */
  readonly isEnabled: boolean
  /** The absolute path of what is started; null where the entry does not name it. */
  readonly program: string | null
}

/** Reads an entry; null where the text is none. */
export function readAutostartEntry(text: string): AutostartEntry | null {
  const lines = text.split('\n').map((line) => line.trim())
  const start = lines.indexOf('[Desktop Entry]')
  if (start === -1) return null
  const values = new Map<string, string>()
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('[')) break
    const [, key, value] = /^(?<key>[\w-]+)\s*=\s*(?<value>.*)$/u.exec(line) ?? []
    if (key !== undefined && value !== undefined && !values.has(key)) values.set(key, value)
  }
  const program = values.get('TryExec') ?? null
  return {
    isEnabled: values.get('Hidden') !== 'true' && enabledKeys.every((key) => values.get(key) !== 'false'),
    program: program === null ? null : textOf(program),
  }
}
