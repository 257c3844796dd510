import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { shells, verbs } from '../../../src/cli/arguments.ts'
import { cli } from './recording-terminal.ts'

const scriptOf = async (shell: string): Promise<string> => (await cli(['completion', shell])).out

const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0

test.each(shells)('%s is told every command and every option of a start', async (shell) => {
  const script = await scriptOf(shell)
  for (const word of [...Object.keys(verbs), 'password-file', 'wait', 'json']) expect(script).toContain(word)
})

test.each(shells.filter(isThere))('%s can read its script', async (shell) => {
  const { status, stderr } = spawnSync(shell, ['-n', '-c', await scriptOf(shell)], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('another shell is refused with those that there are', async () => {
  const { code, err } = await cli(['completion', 'tcsh'])
  expect(code).toBe(2)
  expect(err).toContain('There is completion for bash, zsh, fish.')
})

/** What zsh is told to complete by for these words, the last of which is still typed: its own functions need a terminal. */
const asked = async (...words: readonly string[]): Promise<string> => {
  const script = (await scriptOf('zsh')).replace(/^if .*$/mu, '')
  const typed = ['wexflow-tray', ...words].map((word) => `'${word}'`).join(' ')
  const ask = `_describe() { print commands }; _arguments() { print -r -- "$*" }; words=(${typed}); CURRENT=${words.length + 1}; _wexflow_tray`
  return spawnSync('zsh', ['-f'], { input: `${script}\n${ask}\n`, encoding: 'utf8' }).stdout
}

describe.runIf(isThere('zsh'))('zsh completes', () => {
  test('the commands first', async () => {
    expect(await asked('re')).toMatch(/^commands\n/u)
  })

  test.each([
    [['run', '1', '--wa'], '1: :  2:workflow:  '],
    [['--json', 'run', '--v'], '1: :  2:workflow:  '],
    [['stop', 'run', '-'], '1: :  2:job:  '],
    [['completion', ''], '1: :  2:shell:(bash zsh fish) '],
  ])('%j by the command that stands there', async (words, start) => {
    expect((await asked(...words)).startsWith(start)).toBe(true)
  })
})

describe.runIf(isThere('fish'))('fish completes', () => {
  test.each([
    ['re', ['reject', 'resume']],
    ['run 1 --wa', ['--wait']],
    ['list --wa', []],
    ['--json run --v', ['--var', '--verbose']],
    ['completion ', ['bash', 'fish', 'zsh']],
  ])('%s to %j', async (typed, offers) => {
    // Its standard input would have to be a file.
    const script = `${await scriptOf('fish')}\ncomplete -C 'wexflow-tray ${typed}'`
    const { stdout } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' })
    const offered = stdout.split('\n').map((line) => line.split('\t')[0])
    expect(offered.filter((word) => word !== '')).toEqual(offers)
  })
})

/** What bash offers for these words, the last of which is still typed. */
const offered = async (...words: readonly string[]): Promise<string[]> => {
  const typed = ['wexflow-tray', ...words].map((word) => `'${word}'`).join(' ')
  const ask = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _wexflow_tray; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = spawnSync('bash', { input: `${await scriptOf('bash')}\n${ask}\n`, encoding: 'utf8' })
  return stdout.trim().split('\n')
}

describe.runIf(isThere('bash'))('bash completes', () => {
  test.each<[words: string[], offers: string[]]>([
    [['re'], ['resume', 'reject']],
    [['run', '1', '--wa'], ['--wait']],
    [['list', '--wa'], ['']],
    [
      ['--json', 'run', '--v'],
      ['--verbose', '--var'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['run', '--server', 'r'], ['']],
    [['list', '--password-file', '/etc/hostn'], ['/etc/hostname']],
  ])('%j to %j', async (words, offers) => {
    expect(await offered(...words)).toEqual(offers)
  })
})
