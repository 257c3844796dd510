import { beforeEach, describe, expect, test } from 'vitest'
import { demoUsers } from '../../wexflow-sim/users.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { answered, form, hour, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'

const maria = { username: 'maria', password: 'swordfish' }
const simWithMaria = (tokenLifetimeMs = 86_400_000): WexflowSim =>
  new WexflowSim({
    workflows: [second, hour],
    users: [...demoUsers, { ...maria, profile: 'superAdministrator' }],
    faults: { tokenLifetimeMs },
  })

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

describe('signing out', () => {
  test('forgets everything secret of that profile, and of no other', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    const first = main.serverId
    await main.signIn()
    await main.signOut()
    await main.appStore.flush()
    expect(machine.settingsFile.text).not.toContain(Buffer.from(form.password).toString('base64'))
    expect(main.transports.size).toBe(1)
    expect(main.server).toMatchObject({ link: 'online', id: first })
    await main.signOut()
    await main.appStore.flush()
    expect(machine.settingsFile.text).toContain('"sealedPasswords":{}')
    expect(main.transports.size).toBe(0)
    expect((await MainProcess.launch(machine)).link).toBe('signedOut')
  })

  test('keeps the jobs and the favourites, shows no workflows and no notices of the sign-in', async () => {
    const main = await MainProcess.signedIn(machine)
    await main.run({
      kind: 'setFavourite',
      serverId: main.serverId,
      workflowId: second.id,
      isFavourite: true,
    })
    await main.start(hour)
    expect(main.notices).toEqual(['defaultPasswordOverHttp'])
    await main.signOut()
    expect(main.server).toMatchObject({ link: 'signedOut', workflows: [], workflowsKnown: false })
    expect(main.notices).toEqual([])
    expect(main.jobStore.list()).toHaveLength(1)
    await answered(main.run({ kind: 'signIn', form: form }))
    expect(main.server.workflows.filter(({ isFavourite }) => isFavourite)).toHaveLength(1)
  })

  test('asks the server nothing any more', async () => {
    const main = await MainProcess.signedIn(machine)
    await main.start(hour)
    await main.signOut()
    const asked = machine.sim.requests('search') + machine.sim.requests('entry')
    await pass(600_000)
    expect(machine.sim.requests('search') + machine.sim.requests('entry')).toBe(asked)
  })

  test('while the password is being sealed: it is not kept', async () => {
    const permissions: (() => void)[] = []
    machine.keychain.seal = (text) =>
      new Promise((resolve) => {
        permissions.push(() => resolve(text))
      })
    const main = await MainProcess.signedIn(machine, maria)
    await main.signOut()
    for (const permit of permissions) permit()
    expect(permissions).toHaveLength(1)
    await pass()
    await main.appStore.flush()
    expect(machine.settingsFile.text).not.toContain(maria.password)
    expect(main.notices).toEqual([])
  })
})

const idOf = (main: MainProcess): string | undefined => main.serverId

describe('the profile', () => {
  test('is the same for the same user of the same server, even where the settings were lost', async () => {
    const first = idOf(await MainProcess.signedIn(machine, maria))
    expect(idOf(await MainProcess.signedIn(new Machine(simWithMaria()), maria))).toBe(first)
    const typed = { ...maria, address: ' HTTP://Wexflow:8000/api/v1/ ' }
    expect(idOf(await MainProcess.signedIn(new Machine(simWithMaria()), typed))).toBe(first)
    expect(first).toMatch(/^[0-9a-f]{32}$/u)
  })

  test.each([
    ['another user', {}],
    ['another server', { ...maria, address: 'http://other:8000' }],
  ])('%s is another one', async (_name, how) => {
    const first = idOf(await MainProcess.signedIn(machine, maria))
    expect(idOf(await MainProcess.signedIn(new Machine(simWithMaria()), how))).not.toBe(first)
  })

  test('of a user who signs in again goes on with the jobs under way, each told once', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    await main.start(second)
    await main.signOut()
    await pass(10_000)
    expect(main.job.phase).toBe('running')
    await answered(main.run({ kind: 'signIn', form: { ...form, ...maria } }))
    await pass(10_000)
    expect(main.toaster.titles).toEqual(['Done: Import orders'])
  })

  test('of another user is followed beside the first', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    await main.start(second)
    await main.signIn()
    await pass(10_000)
    expect(main.toaster.titles).toEqual(['Done: Import orders'])
    expect(main.transports.size).toBe(2)
    expect(main.model.state.servers.map(({ name, link }) => `${name} ${link}`)).toEqual([
      'wexflow:8000 (maria) online',
      'wexflow:8000 (admin) online',
    ])
  })
})

describe('the name of a server', () => {
  test('is shown at once, is kept by a new sign-in and by the next run, and gives way to the address again', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    const { serverId } = main
    await main.run({ kind: 'renameServer', serverId, name: '  Production\n' })
    expect(main.server).toMatchObject({ name: 'Production', ownName: 'Production', link: 'online' })
    await main.signIn(maria)
    expect(main.server.name).toBe('Production')
    await main.signOut()
    await main.quit()
    const next = await MainProcess.launch(machine)
    expect(next.server.name).toBe('Production')
    await next.run({ kind: 'renameServer', serverId, name: ' ' })
    expect(next.server).toMatchObject({ name: 'wexflow:8000', ownName: '' })
  })

  test('is one line that a menu can bear', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    await main.run({ kind: 'renameServer', serverId: main.serverId, name: `\u202E${'n'.repeat(100)}\0` })
    expect(main.server.name).toBe('n'.repeat(60))
  })

  test('of a server that there is not changes nothing', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    const before = main.model.state
    await main.run({ kind: 'renameServer', serverId: 'no such server', name: 'x' })
    expect(main.model.state).toBe(before)
  })
})

describe('forgetting a server', () => {
  test('leaves nothing of it but its jobs; another one is still followed', async () => {
    const main = await MainProcess.signedIn(machine)
    const { serverId } = main
    await main.run({ kind: 'setFavourite', serverId, workflowId: second.id, isFavourite: true })
    await main.start(second)
    await pass(5000)
    await main.signIn(maria)
    await main.run({ kind: 'forgetServer', serverId })
    expect(main.model.state.servers).toMatchObject([{ username: 'maria', link: 'online' }])
    expect(main.notices).toEqual([])
    expect(main.transports.size).toBe(1)
    expect(main.outcomes).toEqual(['done'])
    await main.quit()
    expect(machine.settingsFile.text).not.toContain(serverId)
    expect(machine.settingsFile.text).not.toContain(Buffer.from(form.password).toString('base64'))
    const next = await MainProcess.launch(machine)
    expect(next.model.state.servers).toHaveLength(1)
    expect(next.outcomes).toEqual(['done'])
    expect(next.window.shown).toEqual([])
  })

  test('the last one: the form is empty', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    await main.run({ kind: 'forgetServer', serverId: main.serverId })
    expect(main.model.state).toMatchObject({ servers: [], shownId: null })
  })

  test('while a job runs: it is followed again by a new sign-in, and told', async () => {
    const main = await MainProcess.signedIn(machine, maria)
    await main.start(second)
    await main.run({ kind: 'forgetServer', serverId: main.serverId })
    await pass(10_000)
    expect(main.toaster.titles).toEqual([])
    await main.signIn(maria)
    await pass(10_000)
    expect(main.toaster.titles).toEqual(['Done: Import orders'])
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
