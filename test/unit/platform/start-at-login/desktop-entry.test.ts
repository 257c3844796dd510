import { expect, test } from 'vitest'
import {
  autostartEntry,
  readAutostartEntry,
} from '../../../../src/main/platform/start-at-login/desktop-entry.ts'

const lineOf = (text: string, key: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(`${key}=`))

test.each([
  ['/opt/Wexflow Tray/wexflow-tray', '"/opt/Wexflow Tray/wexflow-tray"'],
  ['/home/ann/100%/tray', '"/home/ann/100%%/tray"'],
  // The specification's own two: four backslashes for one, and two before a dollar sign.
  ['/home/back\\slash', String.raw`"/home/back\\\\slash"`],
  ['/home/$HOME/`id`/"x"', '"/home/\\\\$HOME/\\\\`id\\\\`/\\\\"x\\\\""'],
  ['/home/two\nlines', String.raw`"/home/two\nlines"`],
])('%j is quoted as one argument', (program, quoted) => {
  expect(lineOf(autostartEntry(program, ['--hidden']), 'Exec')).toBe(`Exec=${quoted} --hidden`)
})

test.each(['/opt/Wexflow Tray/wexflow-tray', '/a\\b\\n', '/two\nlines', '/100%/$x/"y"'])(
  'what is written of %j is read again',
  (program) => {
    expect(readAutostartEntry(autostartEntry(program, ['--hidden']))).toEqual({ isEnabled: true, program })
  },
)

const entry = autostartEntry('/opt/tray', [])

test.each([
  ['Hidden=true', false],
  ['Hidden = true', false],
  ['Hidden=false', true],
  ['X-GNOME-Autostart-enabled=false', false],
  ['X-GNOME-Autostart-enabled=true', true],
  ['X-MATE-Autostart-enabled=false', false],
  ['#Hidden=true', true],
  ['[Desktop Action Quit]\nHidden=true', true],
])('with %j it is enabled: %s', (line, isEnabled) => {
  expect(readAutostartEntry(`${entry}${line}\n`)).toEqual({ isEnabled, program: '/opt/tray' })
})

test('lines may end as on Windows, and other groups may come first', () => {
  const text = `# comment\n[Other]\nHidden=true\n${entry}`.replaceAll('\n', '\r\n')
  expect(readAutostartEntry(text)).toEqual({ isEnabled: true, program: '/opt/tray' })
})

test.each(['', 'nonsense', '[Desktop Action]\nExec=x'])('%j is no entry', (text) => {
  expect(readAutostartEntry(text)).toBeNull()
})
