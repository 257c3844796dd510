import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../scripts/steps.ts'
import { expect, test } from './fixture.ts'

const program = path.join(root, 'out/cli/wexflow-tray.mjs')

/** What a script gets of the command line, which is told no password. */
async function cli(userData: string, ...words: readonly string[]): Promise<{ code: number; out: string }> {
  const all = [program, ...words, '--user-data-dir', userData]
  const env = { PATH: process.env['PATH'], HOME: '/nowhere', LC_ALL: 'C' }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, all, { env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out: `${out}${err}` }),
    )
  })
}

test('a script starts a workflow through the app, waits for its end, and nobody types a password', async ({
  app,
  userData,
  desktop,
}) => {
  const ended = await cli(userData, 'run', 'Send invoices', '--wait')
  expect(ended.out).toContain('Failed: Send invoices\n')
  expect(ended.code).toBe(1)
  await desktop.notifications.titled('Failed: Send invoices')
  const window = await app.window()
  await expect(window.getByRole('option', { name: /Send invoices/u })).toBeVisible()
  const { out } = await cli(userData, 'jobs', '--json')
  expect(JSON.parse(out)).toMatchObject({ workflow: 'Send invoices', outcome: 'failed', isOwn: true })

  await app.quit()
  expect(existsSync(path.join(userData, 'control', 'socket'))).toBe(false)
  expect((await cli(userData, 'list')).code).toBe(8)
})
