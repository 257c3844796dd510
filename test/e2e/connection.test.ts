import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixture.ts'
import { openServers, titles } from './look.ts'
import { startTlsFront } from './tls-front.ts'

test('a certificate that nobody has signed can be looked at and trusted, and again when it changes', async ({
  launch,
  desktop,
  server,
}) => {
  const front = await startTlsFront(server.port)
  const app = await launch()
  const window = await app.signIn({ address: front.origin })
  await expect(window.getByRole('alert')).toContainText('The server’s certificate is not trusted.')
  await expect(window.getByLabel('Server address')).toBeFocused()
  await window.getByRole('button', { name: 'Look at the certificate' }).press('Enter')

  const host = new URL(front.origin).host
  const page = window.getByRole('region', { name: `Certificate of ${host}` })
  await expect(page.getByRole('heading')).toBeFocused()
  for (const text of ['Wexflow box', 'localhost', 'itself']) await expect(page).toContainText(text)
  const fingerprint = /(?:[\dA-F]{2}:){31}[\dA-F]{2}/u
  await expect(page).toContainText(fingerprint)
  const [first] = fingerprint.exec(await page.innerText()) ?? []
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(window.getByLabel('Server address')).toBeFocused()
  expect(server.sim.requests('login')).toBe(0)

  await window.getByRole('button', { name: 'Look at the certificate' }).click()
  await page.getByRole('button', { name: 'Trust this certificate' }).click()
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await desktop.tray.choose('Start workflow', 'Import orders')
  await desktop.notifications.titled('Done: Import orders')

  front.changeCertificate()
  await desktop.tray.entry(['The server does not answer'])
  await expect(window.getByText('another certificate than the one that you trusted')).toBeVisible()
  await openServers(window)
  await window.getByRole('button', { name: `Look at the certificate of ${host}` }).click()
  await expect(page).toContainText(fingerprint)
  const [second] = fingerprint.exec(await page.innerText()) ?? []
  expect(second).not.toBe(first)
  await page.getByRole('button', { name: 'Trust this certificate' }).click()
  await expect(window.getByText('Connected', { exact: true }).first()).toBeVisible()
  await app.quit()
  expect(titles(desktop)).not.toContain('Sign in again to follow your jobs')
  await front.close()
})

test('a proxy is set in the part for the connection, and what is wrong with it is told at its field', async ({
  launch,
  server,
}) => {
  const app = await launch()
  const window = await app.window()
  await window.getByLabel('Server address').fill(server.origin)
  await window.getByLabel('User name', { exact: true }).fill('admin')
  await window.getByLabel('Password', { exact: true }).fill('wexflow2018')
  await window.getByText('Connection', { exact: true }).press('Enter')
  await window.getByLabel('Proxy', { exact: true }).selectOption('This one')
  const address = window.getByLabel('Proxy address')
  const connect = window.getByRole('button', { name: 'Connect', exact: true })
  const answers = [
    ['ann:secret@proxy.example:3128', 'This is not the address of a proxy.'],
    ['socks5://127.0.0.1:1080', 'This app can’t use the proxy'],
    ['127.0.0.1:9', 'The proxy can’t be reached.'],
  ] as const
  for (const [typed, sentence] of answers) {
    await address.fill(typed)
    await connect.click()
    await expect(window.getByRole('alert')).toContainText(sentence)
    await expect(address).toBeFocused()
  }
  await window.getByLabel('Proxy', { exact: true }).selectOption('None')
  await connect.click()
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
})

test('the proxy that a PAC script of the system names is used for everything', async ({
  launch,
  desktop,
  server,
}) => {
  const proxy = await startProxy()
  const script = `function FindProxyForURL(url, host) { return host === 'wexflow.test' ? 'PROXY 127.0.0.1:${proxy.port}' : 'DIRECT' }`
  const pac = `data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(script).toString('base64')}`
  const app = await launch({ args: [`--proxy-pac-url=${pac}`] })
  const window = await app.signIn({ address: `wexflow.test:${server.port}` })
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await desktop.tray.choose('Start workflow', 'Import orders')
  await desktop.notifications.titled('Done: Import orders')
  const paths = proxy.asked.map((url) => new URL(url).pathname.split('/')[3])
  for (const path of ['hello', 'login', 'start', 'sse']) expect(paths).toContain(path)
  await app.quit()
  await proxy.close()
})

test('https where the server speaks http is one click away from it', async ({ launch, server }) => {
  const app = await launch()
  const window = await app.signIn({ address: server.origin.replace('http:', 'https:') })
  await expect(window.getByRole('alert')).toContainText('does not speak https')
  await window.getByRole('button', { name: `Connect to ${server.origin}, without encryption` }).click()
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
})

/** A proxy for which every host is this machine, and the addresses that it was asked for. */
async function startProxy(): Promise<{
  readonly port: number
  readonly asked: string[]
  readonly close: () => Promise<void>
}> {
  const asked: string[] = []
  const server = createServer((incoming, response) => {
    const { method, url = '', headers } = incoming
    asked.push(url)
    const { port, pathname, search } = new URL(url)
    const target = { host: '127.0.0.1', port, path: pathname + search, method, headers }
    const onward = request(target, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address: AddressInfo | string | null = server.address()
  return {
    port: address === null || typeof address === 'string' ? 0 : address.port,
    asked,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
