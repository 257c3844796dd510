import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../scripts/steps.ts'
import { expect, test } from './fixture.ts'

const program = path.join(root, 'out/cli/wexflow-tray.mjs')

interface Ended {
  readonly code: number
  readonly out: string
}

/** What a script gets of a program, which is told no password. */
function ended(command: string, words: readonly string[]): Promise<Ended> {
  const env = { PATH: process.env['PATH'], HOME: '/nowhere', LC_ALL: 'C' }
  return new Promise((resolve) => {
    const child = execFile(command, words, { env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out: `${out}${err}` }),
    )
  })
}

/** What a script gets of the command line. */
const cli = (userData: string, ...words: readonly string[]): Promise<Ended> =>
  ended(process.execPath, [program, ...words, '--user-data-dir', userData])

test('a script starts a workflow through the app, waits for its end, and nobody types a password', async ({
  app,
  userData,
  desktop,
}) => {
  const failed = await cli(userData, 'run', 'Send invoices', '--wait')
  expect(failed.out).toContain('Failed: Send invoices\n')
  expect(failed.code).toBe(1)
  await desktop.notifications.titled('Failed: Send invoices')
  const window = await app.window()
  await expect(window.getByRole('option', { name: /Send invoices/u })).toBeVisible()
  const { out } = await cli(userData, 'jobs', '--json')
  expect(JSON.parse(out)).toMatchObject({ workflow: 'Send invoices', outcome: 'failed', isOwn: true })

  await app.quit()
  expect(existsSync(path.join(userData, 'control', 'socket'))).toBe(false)
  expect((await cli(userData, 'list')).code).toBe(8)
})

test.describe('stands for no outcome of a job:', () => {
  for (const [what, tail, code] of [
    ['an output that nobody reads any more', '| head -1; exit ${PIPESTATUS[0]}', 141],
    ['one that a full disk does not take', '> /dev/full', 8],
  ] as const)
    test(what, async ({ app, userData }) => {
      expect(app.windows).toHaveLength(1)
      const run = `"$@" run 'Send invoices' --wait --user-data-dir '${userData}' ${tail}`
      expect((await ended('bash', ['-c', run, 'bash', process.execPath, program])).code).toBe(code)
    })
})
