import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { serve } from '../wexflow-sim/http.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { expect, test } from './fixture.ts'
import { filesHolding, signInToStay, signOut, titles } from './look.ts'
import type { WexflowTray } from './wexflow-tray.ts'
import { testWorkflows } from './workflows.ts'

/** The password, and what every token of the server begins with. */
const secrets = ['wexflow2018', 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9']

/** Signs in, stays so, and quits: the keychain holds the password from then on. */
async function signInOnce(app: WexflowTray, address: string): Promise<void> {
  await signInToStay(app, address)
  await expect.poll(() => app.log()).toContain('link online')
  await app.quit()
}

test('with a keychain the app stays signed in, and nothing secret can be read from its files', async ({
  launch,
  desktop,
  keyring,
  server,
  userData,
}) => {
  const first = await launch({ args: keyring.args })
  const window = await signInToStay(first, server.origin)
  await expect(window.getByRole('region', { name: 'Notices' })).toBeHidden()
  await first.quit()
  expect(await readFile(path.join(userData, 'settings.json'), 'utf8')).toContain('admin')
  for (const secret of secrets) expect(await filesHolding(userData, secret)).toEqual([])

  const second = await launch({ args: keyring.args })
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
  // Whoever stays signed in is not bothered with a window.
  expect(second.windows).toEqual([])
  await second.quit()
  for (const secret of secrets) expect(await filesHolding(userData, secret)).toEqual([])
})

test('a keychain that comes after the app, as at login, is waited for: nobody is bothered', async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  await signInOnce(await launch({ args: keyring.args }), server.origin)
  await keyring.leave()

  const second = await launch({ args: keyring.args })
  await desktop.tray.entry(['Connecting…'])
  await keyring.comeBack('unlocked')
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
  expect(second.windows).toEqual([])
  expect(titles(desktop)).toEqual(['Done: Ping'])
})

test('a locked keychain is said to be locked, keeps the password, and the app goes on once it is unlocked', async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  await signInOnce(await launch({ args: keyring.args }), server.origin)
  await keyring.comeBack('locked')

  const second = await launch({ args: keyring.args })
  const toast = await desktop.notifications.titled('Unlock the keychain to follow your jobs')
  expect(toast.body).toContain('Your password is in the system’s keychain, which is locked.')
  // The menu answers all the while.
  await desktop.tray.choose('Open window')
  await expect((await second.window()).getByText('which is locked')).toBeVisible()
  await keyring.comeBack('unlocked')
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
})

test('without a keychain the person is told, nothing secret is written, and a restart asks again', async ({
  launch,
  desktop,
  server,
  userData,
}) => {
  const args = ['--password-store=basic']
  const first = await launch({ args })
  const window = await first.signIn({ address: server.origin })
  await expect(window.getByRole('region', { name: 'Notices' })).toContainText(
    'This desktop offers no keychain, so nothing secret is stored.',
  )
  await first.quit()
  for (const secret of secrets) expect(await filesHolding(userData, secret)).toEqual([])

  const second = await launch({ args })
  await desktop.tray.entry(['Sign in…'])
  const asking = await second.window()
  await expect(asking.getByLabel('Server address')).toHaveValue(server.origin)
  await expect(asking.getByLabel('User name')).toHaveValue('admin')
  await expect(asking.getByLabel('Password')).toHaveValue('')
  await expect(asking.getByLabel('Password')).toBeFocused()
})

test('with "Stay signed in" off a restart asks again, although there is a keychain', async ({
  launch,
  desktop,
  keyring,
  server,
  userData,
}) => {
  const first = await launch({ args: keyring.args })
  const window = await first.signIn({ address: server.origin, staySignedIn: false })
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await expect(window.getByRole('region', { name: 'Notices' })).toBeHidden()
  await first.quit()
  for (const secret of secrets) expect(await filesHolding(userData, secret)).toEqual([])

  const second = await launch({ args: keyring.args })
  await desktop.tray.entry(['Sign in…'])
  await expect((await second.window()).getByLabel('Stay signed in')).not.toBeChecked()
})

test('signing out takes the password out of the keychain', async ({ launch, desktop, keyring, server }) => {
  const first = await launch({ args: keyring.args })
  const window = await first.signIn({ address: server.origin })
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await signOut(window)
  await desktop.tray.entry(['Sign in…'])
  await first.quit()

  await launch({ args: keyring.args })
  await desktop.tray.entry(['Sign in…'])
  expect(titles(desktop)).toEqual([])
})

test('after signing out neither the app nor its window has the password or the token in memory', async ({
  launch,
  desktop,
  keyring,
  userData,
}) => {
  const password = 'a word that nothing else holds'
  const users = [{ username: 'maria', password, profile: 'superAdministrator' }] as const
  const server = await serve(new WexflowSim({ workflows: testWorkflows, users }))
  const app = await launch({ args: keyring.args })
  const window = await app.signIn({ address: server.origin, username: 'maria', password })
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
  const devtools = await window.context().newCDPSession(window)
  await signOut(window)
  await desktop.tray.entry(['Sign in…'])

  const file = path.join(userData, 'main.heapsnapshot')
  await app.electron.evaluate((_electron, target) => {
    process.getBuiltinModule('node:v8').writeHeapSnapshot(target)
  }, file)
  const chunks: string[] = []
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await devtools.send('HeapProfiler.takeHeapSnapshot')
  for (const heap of [await readFile(file, 'utf8'), chunks.join('')]) {
    expect(heap.length).toBeGreaterThan(1_000_000)
    for (const secret of [password, ...secrets.slice(1)]) expect(linesHolding(heap, secret)).toEqual([])
  }
  await server.close()
})

const linesHolding = (text: string, secret: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.includes(secret))
    .map((line) => line.slice(0, 200))
