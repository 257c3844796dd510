import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { serve } from '../wexflow-sim/http.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import type { SimUser } from '../wexflow-sim/users.ts'
import { expect, test } from './fixture.ts'
import { filesHolding, jobRows, settled, signOut, titles } from './look.ts'
import { testWorkflows } from './workflows.ts'

const wrongPassword = 'not-the-password-7'

test('a wrong password is told at its field, which has the focus, and is not kept', async ({
  launch,
  server,
  userData,
}) => {
  const app = await launch()
  const window = await app.signIn({ address: server.origin, password: wrongPassword })
  const password = window.getByLabel('Password')
  await expect(window.getByRole('alert')).toHaveText('Wrong user name or password.')
  await expect(password).toHaveAccessibleDescription('Wrong user name or password.')
  await expect(password).toBeFocused()

  await password.fill('wexflow2018')
  await window.getByRole('button', { name: 'Connect', exact: true }).click()
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await app.quit()
  expect(await filesHolding(userData, wrongPassword)).toEqual([])
})

test('an address that leads to no Wexflow server says why, at its field', async ({ launch }) => {
  const app = await launch()
  const window = await app.window()
  const address = window.getByLabel('Server address')
  const page = await anotherServer((_request, response) => response.end('<h1>It works!</h1>'))
  const closed = await anotherServer(() => {})
  await closed.close()
  const answers = [
    ['http://', 'This is not an address. Type it like host:8000 or https://host.'],
    [
      'no-such-host.invalid:8000',
      'There is no computer with this name. Check the spelling and your network.',
    ],
    [closed.origin, 'Nothing answers at this port. Check the port, and that Wexflow runs.'],
    [page.origin, 'Something answers here, but it is not a Wexflow server. Check the port and the path.'],
  ] as const
  for (const [typed, sentence] of answers) {
    await app.signIn({ address: typed })
    await expect(window.getByRole('alert')).toHaveText(sentence)
    await expect(address).toBeFocused()
  }
  await page.close()
})

test('a form that is not filled in says what is missing', async ({ launch }) => {
  const app = await launch()
  const window = await app.window()
  const connect = window.getByRole('button', { name: 'Connect', exact: true })
  await connect.click()
  await expect(window.getByRole('alert')).toHaveText('Type the address of your Wexflow server.')
  await window.getByLabel('Server address').fill('localhost')
  await connect.click()
  await expect(window.getByRole('alert')).toHaveText('Type your user name.')
  await window.getByLabel('User name').fill('admin')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('alert')).toHaveText('Type your password.')
  await expect(window.getByLabel('Password')).toBeFocused()
})

test('an address may be typed as people do', async ({ launch, desktop, server }) => {
  const app = await launch()
  const host = `127.0.0.1:${server.port}`
  for (const address of [host, `http://${host}/`, ` ${host}/api/v1/ `]) {
    const window = await app.signIn({ address })
    await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
    await expect(window.getByRole('button', { name: `admin on ${host}` })).toContainText('Connected')
    await signOut(window)
    await desktop.tray.choose('Sign in…')
  }
})

test('the password that every Wexflow server begins with is warned of where others can read it', async ({
  launch,
  server,
}) => {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)
  test.skip(own === undefined, 'this machine has no address in a network')
  const served = await serve(server.sim, { host: own?.address ?? '' })
  const app = await launch()
  const window = await app.signIn({ address: served.origin })
  const notices = window.getByRole('region', { name: 'Notices' })
  await expect(notices).toContainText('Wexflow’s default password over plain http')
  await signOut(window)
  await expect(notices).toBeHidden()
  await served.close()
})

test('a server without streams is no failure: it says that ends are told more slowly, and tells them', async ({
  launch,
  desktop,
  server,
}) => {
  server.sim.faults.set({ noSse: 1 })
  const app = await launch()
  const window = await app.signIn({ address: server.origin })
  await expect(window.getByText('No live signals come through from this server')).toBeVisible()
  await desktop.tray.entry(['Connected, ends are told more slowly'])
  await desktop.tray.choose('Start workflow', 'Rebuild index')
  await desktop.notifications.titled('Done: Rebuild index')
})

test('signing out forgets the password, and the menu asks to sign in', async ({ app, desktop, userData }) => {
  const window = await app.window()
  await signOut(window)
  await desktop.tray.entry(['Sign in…'])
  await window.getByRole('button', { name: 'Jobs', exact: true }).click()
  await expect(window.getByText('Sign in to a Wexflow server to start workflows')).toBeVisible()
  await app.quit()
  expect(await filesHolding(userData, 'wexflow2018')).toEqual([])
  expect(titles(desktop)).toEqual([])
})

test('a token that expires is renewed without a word', async ({ app, desktop, server }) => {
  const { notifications, tray } = desktop
  server.sim.tokens.revokeAll()
  await tray.choose('Start workflow', 'Import orders')
  await notifications.titled('Done: Import orders')
  expect(server.sim.requests('login')).toBe(2)
  await app.quit()
  expect(titles(desktop)).toEqual(['Done: Import orders'])
})

test('where no password is kept, an expired sign-in is told once, and what ran meanwhile after the next one', async ({
  launch,
  desktop,
  server,
}) => {
  const { notifications, tray } = desktop
  const app = await launch()
  const window = await app.signIn({ address: server.origin, staySignedIn: false })
  await tray.choose('Start workflow', 'Rebuild index')
  await tray.entry(['Rebuild index – Running'])
  server.sim.tokens.revokeAll()
  server.sim.breakStreams('jobStream', 'reset')
  server.sim.breakStreams('changeStream', 'reset')
  const toast = await notifications.titled('Sign in again to follow your jobs')
  expect(toast.body).toBe(new URL(server.origin).host)
  await tray.entry(['Sign-in needed'])
  await expect(window.getByText('Jobs under way are kept')).toBeVisible()
  await expect(jobRows(window)).toContainText('Not followed')

  await app.closeWindow()
  notifications.click(toast)
  const opened = await app.window()
  await expect(opened.getByLabel('Server address')).toHaveValue(server.origin)
  await expect(opened.getByLabel('Password')).toBeFocused()
  await app.signIn({ address: server.origin, staySignedIn: false })
  await notifications.titled('Done: Rebuild index')
  await app.quit()
  expect(titles(desktop)).toEqual(['Sign in again to follow your jobs', 'Done: Rebuild index'])
})

test('a password that was changed on the server is said to be refused, and not an expired sign-in', async ({
  launch,
  desktop,
}) => {
  const users: SimUser[] = [{ username: 'admin', password: 'the first', profile: 'superAdministrator' }]
  const sim = new WexflowSim({ workflows: testWorkflows, users })
  const served = await serve(sim)
  const app = await launch()
  const window = await app.signIn({ address: served.origin, password: 'the first' })
  await desktop.tray.entry(['Start workflow', 'Ping'])
  users[0] = { username: 'admin', password: 'the second', profile: 'superAdministrator' }
  sim.tokens.revokeAll()
  sim.breakStreams('changeStream', 'reset')
  await expect(window.getByText('Jobs under way are kept')).toBeVisible()
  await desktop.tray.choose('Sign in…')
  await expect(window.getByText('The server does not accept your password any more.')).toBeVisible()
  await app.signIn({ address: served.origin, password: 'the second' })
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await served.close()
})

test('a start that comes after the sign-in has expired says so', async ({ launch, desktop, server }) => {
  const { notifications, tray } = desktop
  const app = await launch()
  const window = await app.signIn({ address: server.origin, staySignedIn: false })
  await tray.entry(['Start workflow', 'Import orders'])
  // It asks nothing more by itself for now: the start is to be what meets the expired sign-in.
  await expect.poll(() => server.sim.requests('has-notifications')).toBeGreaterThan(0)
  await settled(() => setTimeout(500).then(() => server.sim.requestsInAll))
  server.sim.tokens.revokeAll()
  await tray.choose('Start workflow', 'Import orders')
  const toast = await notifications.titled('Not started: Import orders')
  expect(toast.body).toBe('Your sign-in has expired. Sign in again, then start it anew.')
  await notifications.titled('Sign in again to follow your jobs')
  await tray.entry(['Start workflow', 'Import orders'], ({ isEnabled }) => !isEnabled)
  expect(server.sim.startsCarriedOut(1)).toBe(0)
  await expect(window.getByText('Jobs under way are kept')).toBeVisible()
})

/** A server of another kind. */
async function anotherServer(
  answer: RequestListener,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address: AddressInfo | string | null = server.address()
  const port = address === null || typeof address === 'string' ? 0 : address.port
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
