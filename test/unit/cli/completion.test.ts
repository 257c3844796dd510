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
  const { status, stderr } = spawnSync(shell, ['-n'], { input: await scriptOf(shell), encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('another shell is refused with those that there are', async () => {
  const { code, err } = await cli(['completion', 'tcsh'])
  expect(code).toBe(2)
  expect(err).toContain('There is completion for bash, zsh, fish.')
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
