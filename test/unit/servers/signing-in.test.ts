import { beforeEach, describe, expect, test } from 'vitest'
import { answered, form, hour, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'
import { maria, simWithMaria } from './two-users.ts'

let machine: Machine

beforeEach(() => {
  useFakeClock()
  machine = new Machine(simWithMaria())
})

describe('"Stay signed in"', () => {
  test('on: the next start goes on without asking anybody', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    await main.quit()
    const next = await MainProcess.launch(machine)
    expect(next.window.shown).toEqual([])
    expect(next.server).toMatchObject({ link: 'online', username: 'maria' })
  })

  test('off: neither password nor token reaches the disk, and the next start asks again', async () => {
    const main = await MainProcess.signedIn(machine, { ...maria, staySignedIn: false })
    expect(main.link).toBe('online')
    await main.quit()
    expect(machine.settingsFile.text).not.toContain(maria.password)
    expect(machine.settingsFile.text).not.toContain(Buffer.from(maria.password).toString('base64'))
    expect(machine.settingsFile.text).not.toContain('eyJ')

    const next = await MainProcess.launch(machine)
    expect(next.window.shown).toEqual([['connect', null]])
    // The form is filled in with all but the password.
    expect(next.server).toMatchObject({
      link: 'signedOut',
      baseUrl: 'http://wexflow:8000',
      username: 'maria',
      staySignedIn: false,
    })
  })

  test('off after it was on: what was remembered is forgotten', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    expect(machine.settingsFile.text).toContain(Buffer.from(maria.password).toString('base64'))
    await answered(main.run({ kind: 'signIn', form: { ...form, ...maria, staySignedIn: false } }))
    await main.quit()
    expect(machine.settingsFile.text).not.toContain(Buffer.from(maria.password).toString('base64'))
    expect((await MainProcess.launch(machine)).link).toBe('signedOut')
  })

  test('on: a token that expires is renewed in silence', async () => {
    machine = new Machine(simWithMaria(60_000))
    const main = await MainProcess.signedIn(machine, maria)
    await pass(300_000)
    expect(main.link).toBe('online')
    expect(machine.sim.requests('login')).toBeGreaterThan(1)
    expect(main.toaster.toasts).toEqual([])
  })

  test('off: a token that expires asks once for a new sign-in, and work in flight is kept', async () => {
    machine = new Machine(simWithMaria(60_000))
    const main = await MainProcess.signedIn(machine, { ...maria, staySignedIn: false })
    await main.start(hour)
    await pass(600_000)
    expect(main.link).toBe('signInNeeded')
    expect(main.toaster.titles).toEqual(['Sign in again to follow your jobs'])
    expect(main.job.phase).toBe('running')
    main.toaster.click()
    expect(main.window.shown.at(-1)).toEqual(['connect', null])

    await answered(main.run({ kind: 'signIn', form: { ...form, ...maria, staySignedIn: true } }))
    expect(main.link).toBe('online')
    await answered(main.run({ kind: 'stopJob', key: main.job.key }))
    await pass(5000)
    expect(main.outcomes).toEqual(['stopped'])
  })
})

describe('the sign-in form', () => {
  test('is for the server that was asked for, and for another one by and by', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    const first = main.serverId
    await main.signIn()
    await main.run({ kind: 'showSignIn', serverId: first })
    expect(main.model.state.shownId).toBe(first)
    await main.run({ kind: 'showSignIn', serverId: null })
    expect(main.model.state.shownId).toBeNull()
    expect(main.window.shown.at(-1)).toEqual(['connect', null])
    await main.signIn()
    expect(main.server.username).toBe('admin')
  })

  test('of a server that nobody knows is empty', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    await main.run({ kind: 'showSignIn', serverId: 'no such server' })
    expect(main.model.state.shownId).toBeNull()
  })
})

describe('the default administrator', () => {
  test.each([
    ['over http to another machine', {}, true],
    ['over https', { address: 'https://wexflow' }, false],
    ['on this machine', { address: 'http://localhost:8000' }, false],
    ['on this machine by number', { address: 'http://127.0.0.1:8000' }, false],
    ['another user with the same password', { username: 'administrator' }, false],
    ['with a password of their own', maria, false],
  ])('%s: is warned of: %s', async (_name, how, isWarned) => {
    const main = await MainProcess.signedIn(machine, how)
    expect(main.notices).toEqual(isWarned ? ['defaultPasswordOverHttp'] : [])
  })

  test('is still warned of after a restart of the app', async () => {
    await (await MainProcess.signedIn(machine)).quit()
    expect((await MainProcess.launch(machine)).notices).toEqual(['defaultPasswordOverHttp'])
  })

  test('is no longer warned of once it signed out', async () => {
    const main = await MainProcess.signedIn(machine)
    await main.signIn(maria)
    expect(main.notices).toEqual(['defaultPasswordOverHttp'])
    const admin = main.model.state.servers.find(({ username }) => username === 'admin')
    await main.run({ kind: 'signOut', serverId: admin?.id ?? '' })
    expect(main.notices).toEqual([])
  })
})

describe('a desktop without a keychain', () => {
  beforeEach(() => {
    machine.keychain.isThere = false
  })

  test('is told of; nothing secret is written; the sign-in lasts for this run', async () => {
    machine = new Machine(simWithMaria(60_000))
    machine.keychain.isThere = false
    const main = await MainProcess.signedIn(machine, maria)
    expect(main.notices).toEqual(['noKeychain'])
    await pass(300_000)
    expect(main.link).toBe('online')
    await main.quit()
    expect(machine.settingsFile.text).toContain('"sealedPasswords":{}')
    expect(machine.settingsFile.text).not.toContain(maria.password)
    const next = await MainProcess.launch(machine)
    expect(next.window.shown).toEqual([['connect', null]])
  })

  test('is not told of where nobody wants to stay signed in', async () => {
    expect((await MainProcess.signedIn(machine, { ...maria, staySignedIn: false })).notices).toEqual([])
  })
})

test('a keyring that is locked at the start is said to be so, keeps what it holds, and is tried again', async () => {
  await (await MainProcess.signedIn(machine, maria)).quit()
  machine.keychain.isLocked = true
  const locked = await MainProcess.launch(machine)
  expect(locked.link).toBe('signInNeeded')
  expect(locked.server.failure?.kind).toBe('keychainLocked')
  expect(locked.toaster.titles).toEqual(['Unlock the keychain to follow your jobs'])
  machine.keychain.unlock()
  await pass()
  expect(locked.link).toBe('online')
  await locked.quit()
  expect((await MainProcess.launch(machine)).link).toBe('online')
})

test('a password that is typed while the keyring is locked is kept once it is unlocked', async () => {
  machine.keychain.isLocked = true
  const main = await MainProcess.signedIn(machine, maria)
  expect(main.notices).toEqual(['keychainNotNow'])
  machine.keychain.unlock()
  await pass()
  expect(main.notices).toEqual([])
  await main.quit()
  expect((await MainProcess.launch(machine)).link).toBe('online')
})

describe('a sign-in that fails', () => {
  test('leaves everything as it was, and no connection open', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    const before = main.model.state
    const result = await answered(main.run({ kind: 'signIn', form: { ...form, password: 'wrong' } }))
    expect(result).toMatchObject({ ok: false, failure: { kind: 'badCredentials' } })
    expect(main.model.state).toEqual(before)
    expect(main.transports.size).toBe(1)
    expect(main.appStore.profiles).toHaveLength(1)
    await main.quit()
    expect(machine.settingsFile.text).not.toContain('wrong')
  })

  test('on a server that is down says so', async () => {
    machine.sim.shutDown('killed')
    const main = await MainProcess.launch(machine)
    const result = await answered(main.run({ kind: 'signIn', form: { ...form, ...maria } }))
    expect(result).toMatchObject({ ok: false, failure: { kind: 'refused' } })
    expect(main.transports.size).toBe(0)
  })
})

test('no secret is logged', async () => {
  const main = await MainProcess.signedIn(machine, maria)
  await answered(main.run({ kind: 'signIn', form: { ...form, ...maria, password: 'a wrong one' } }))
  await main.start(second)
  await pass(5000)
  expect(main.logged.length).toBeGreaterThan(0)
  expect(main.logged.join()).not.toMatch(/swordfish|a wrong one|eyJ/u)
})
