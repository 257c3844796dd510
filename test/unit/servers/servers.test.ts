import { beforeEach, describe, expect, test } from 'vitest'
import { answered, form, hour, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'
import { maria, simWithMaria } from './two-users.ts'

let machine: Machine

beforeEach(() => {
  useFakeClock()
  machine = new Machine(simWithMaria())
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
    await main.setFavourite(second)
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
    await main.setFavourite(second)
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

test('a start whose answer was lost gives back the run that turns out to be another user’s, whose answer was late', async () => {
  const main = await MainProcess.signedIn(machine)
  const first = main.serverId
  await main.signIn(maria)
  machine.sim.faults.set({ startNotReceived: { next: 1 } })
  await main.start(hour)
  machine.sim.faults.set({ slowStartMs: 40_000 })
  void main.run({ kind: 'startWorkflow', serverId: first, workflowId: hour.id })
  await pass(30_000)
  const runs = (): unknown[] =>
    main.jobStore.list().map(({ serverId, run }) => [serverId === first, run?.jobId ?? null])
  expect(runs()).toEqual([
    [true, null],
    [false, expect.any(String)],
  ])
  await pass(20_000)
  expect(runs()).toEqual([
    [true, expect.any(String)],
    [false, null],
  ])
})
