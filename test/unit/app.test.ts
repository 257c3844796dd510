import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Ports } from '../../src/main/composition/ports.ts'
import type { Speech } from '../../src/main/state/speech.ts'
import { createTranslator } from '../../src/shared/i18n.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { Machine, MainProcess, pass, second, useFakeClock } from './main-process.ts'

const { t } = createTranslator(['en'])

beforeEach(useFakeClock)

test('the app signs in, starts a workflow, tells its end and quits, all without Electron', async () => {
  const main = await MainProcess.launch(new Machine())
  await main.signIn()
  await main.choose({ kind: 'startWorkflow', serverId: main.serverId, workflowId: second.id })
  await pass(5000)
  expect(main.toaster.titles).toEqual(['Done: Import orders'])
  await main.choose({ kind: 'quit' })
  expect(main.asked).toEqual(['quit'])
  await main.quit()
  expect(main.tray?.isThere).toBe(false)
  expect(main.transports.size).toBe(0)
})

describe('the tray', () => {
  test('is there before the disk is read, and does what was chosen meanwhile as soon as it can', async () => {
    const main = new MainProcess(new Machine())
    let read: (() => void) | undefined
    const reading = new Promise<null>((resolve) => {
      read = () => resolve(null)
    })
    const { jobs } = main.ports.files
    const building = main.build({
      files: { ...main.ports.files, jobs: { ...jobs, read: () => reading } },
    })
    await pass()
    expect(main.tray?.picture.menu).toContainEqual({ type: 'separator' })
    main.tray?.options.onClick(null)
    expect(main.window.shown).toEqual([])
    read?.()
    await building
    expect(main.window.shown).toEqual([
      ['connect', null],
      [undefined, undefined],
    ])
  })

  test('quits even where the disk never answers', async () => {
    const main = new MainProcess(new Machine())
    const { jobs } = main.ports.files
    void main.build({
      files: { ...main.ports.files, jobs: { ...jobs, read: () => new Promise<null>(() => {}) } },
    })
    await pass()
    await main.choose({ kind: 'quit' })
    expect(main.asked).toEqual(['quit'])
  })
})

const withoutDisplay = (): Promise<never> => Promise.reject(new Error('no display'))

describe('an app that can’t be built', () => {
  const fault = new Error('the window’s part is missing')
  const faulty = (): never => {
    throw fault
  }

  test.each<[part: string, ports: Partial<Ports>]>([
    ['the window', { window: faulty }],
    ['the keychain', { keychain: faulty }],
    ['the toaster', { toaster: faulty }],
    [
      'the settings',
      {
        files: {
          ...new MainProcess(new Machine()).ports.files,
          settings: { read: faulty, write: faulty, setAside: faulty },
        },
      },
    ],
  ])('says so where %s fails, in a dialog and in the menu, which can quit', async (_part, ports) => {
    const main = new MainProcess(new Machine())
    // Nobody has read the dialog yet.
    const reading = new Promise<void>(() => {})
    const { desktop } = main.ports
    const tellFailure: typeof desktop.tellFailure = async (text) => {
      await desktop.tellFailure(text)
      await reading
    }
    expect(await main.build({ ...ports, desktop: { ...desktop, tellFailure } })).toBeNull()
    const body = t('broken.text', { path: '/logs/wexflow-tray.log' })
    expect(main.asked).toEqual([`Wexflow Tray could not start\n${body}`])
    expect(main.tray?.picture.menu).toEqual([
      { type: 'text', label: 'Wexflow Tray could not start: quit, and start it again' },
      { type: 'separator' },
      { type: 'command', label: 'Quit', command: { kind: 'quit' } },
    ])
    expect(main.logged.join()).toContain('the app could not be built')
    await main.choose({ kind: 'quit' })
    expect(main.asked.at(-1)).toBe('quit')
  })

  test('quits when the dialog was read', async () => {
    const main = new MainProcess(new Machine())
    await main.build({ window: faulty })
    await pass()
    expect(main.asked.at(-1)).toBe('quit')
  })

  test('where the tray fails, says it in the dialog alone', async () => {
    const main = new MainProcess(new Machine())
    expect(await main.build({ tray: faulty })).toBeNull()
    await pass()
    expect(main.asked.map((what) => what.split('\n')[0])).toEqual(['Wexflow Tray could not start', 'quit'])
  })

  test('where the desktop shows no dialog, stays for the menu that says it', async () => {
    const main = new MainProcess(new Machine())
    await main.build({ window: faulty, desktop: { ...main.ports.desktop, tellFailure: withoutDisplay } })
    await pass()
    expect(main.asked).toEqual([])
    expect(main.tray?.picture.tooltip).toBe('Wexflow Tray could not start')
  })

  test('where neither can be shown, ends', async () => {
    const main = new MainProcess(new Machine())
    await main.build({ tray: faulty, desktop: { ...main.ports.desktop, tellFailure: withoutDisplay } })
    await pass()
    expect(main.asked).toEqual(['quit'])
  })
})

const links = (one: MainProcess): string[] =>
  one.model.state.servers.map(({ name, link }) => `${name} ${link}`)

const labels = (main: MainProcess): string => JSON.stringify(main.tray?.picture.menu)

/** The app on a system that wants German first, and then Danish. */
async function launchAbroad(
  machine: Machine,
): Promise<{ readonly main: MainProcess; readonly pageLocale: () => string | undefined }> {
  const main = new MainProcess(machine)
  let spoken: Pick<Speech, 'texts'> | undefined
  await main.build({
    machine: { ...main.ports.machine, languages: ['de-DE', 'da-DK', 'en-US'] },
    window: ({ speech }) => {
      spoken = speech
      return main.window
    },
  })
  return { main, pageLocale: () => spoken?.texts.locale }
}

describe('the language', () => {
  test('is the first of the system’s that the app speaks, in the tray and in the window', async () => {
    const { main, pageLocale } = await launchAbroad(new Machine())
    expect(labels(main)).toContain('Indstillinger…')
    expect(pageLocale()).toBe('da-DK')
  })

  test('is the one that the person has chosen: at once in tray, window and notifications, and at the next start', async () => {
    const machine = new Machine()
    const { main, pageLocale } = await launchAbroad(machine)
    await main.signIn()
    await main.run({ kind: 'saveSettings', settings: { ...defaultSettings, language: 'fr' } })
    await vi.waitFor(() => expect(labels(main)).toContain('Paramètres…'))
    expect(pageLocale()).toBe('fr')
    await main.start(second)
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Réussi\u202f: Import orders'])
    await main.quit()
    const next = await launchAbroad(machine)
    expect(labels(next.main)).toContain('Paramètres…')
    expect(next.pageLocale()).toBe('fr')
  })

  test('is that of a fault as well', async () => {
    const main = new MainProcess(new Machine())
    await main.build({
      machine: { ...main.ports.machine, languages: ['da'] },
      window: () => Promise.reject(new Error('the window’s part is missing')),
    })
    await pass()
    expect(main.asked[0]).toMatch(/^Wexflow Tray kunne ikke starte\n/u)
  })
})

describe('two servers at once', () => {
  const here = simWorkflow({ id: 1, name: 'Import orders', durationMs: 30_000 })
  const there = simWorkflow({ id: 1, name: 'Nightly export', durationMs: 30_000 })
  let machine: Machine
  let main: MainProcess
  let first: string
  let other: string
  let sims: { readonly here: WexflowSim; readonly there: WexflowSim }

  beforeEach(async () => {
    sims = { here: new WexflowSim({ workflows: [here] }), there: new WexflowSim({ workflows: [there] }) }
    machine = new Machine(sims.here)
    machine.others.set('production:8000', sims.there)
    main = await MainProcess.signedIn(machine)
    first = main.serverId
    await main.signIn({ address: 'production:8000' })
    other = main.serverId
  })

  const startBoth = async (): Promise<void> => {
    for (const serverId of [first, other])
      await main.choose({ kind: 'startWorkflow', serverId, workflowId: 1 })
  }

  test('each runs its own workflow of the same number, and each end is told', async () => {
    await startBoth()
    await pass(60_000)
    expect(main.toaster.titles).toEqual(['Done: Import orders', 'Done: Nightly export'])
  })

  test('one that is away keeps nothing of the other from being told, and is told by its name', async () => {
    await startBoth()
    sims.there.shutDown('killed')
    await pass(120_000)
    expect(links(main)).toEqual(['wexflow:8000 online', 'production:8000 offline'])
    expect(main.toaster.toasts.map(({ title, body }) => [title, body.split('\n')[0]])).toEqual([
      ['Done: Import orders', 'On wexflow:8000'],
      ['The Wexflow server does not answer', 'production:8000'],
    ])
    expect(main.toaster.toasts[1]?.body).toBe(`production:8000\n${t('failureOfKnown.refused')}`)
  })

  test('two that go away together are told as one, and so is their coming back', async () => {
    sims.here.shutDown('killed')
    sims.there.shutDown('killed')
    await pass(120_000)
    sims.here.startUp()
    sims.there.startUp()
    await pass(120_000)
    const told = main.toaster.toasts.map(({ title, body }) => `${title}: ${body}`)
    expect(told).toEqual([
      `2 Wexflow servers do not answer: wexflow:8000, production:8000\n${t('failureOfKnown.refused')}`,
      '2 Wexflow servers answer again: wexflow:8000, production:8000',
    ])
  })

  test('a job is stopped on its own server', async () => {
    await startBoth()
    const [newest] = main.jobStore.list()
    expect(newest?.serverId).toBe(other)
    await main.choose({ kind: 'stopJob', key: newest?.key ?? '' })
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Stopped: Nightly export'])
    await pass(60_000)
    expect(main.toaster.titles).toEqual(['Stopped: Nightly export', 'Done: Import orders'])
  })

  test('a favourite is one of its own server', async () => {
    await main.run({ kind: 'setFavourite', serverId: first, workflowId: 1, isFavourite: true })
    const starred = main.model.state.servers.map(({ workflows }) => workflows.some((one) => one.isFavourite))
    expect(starred).toEqual([true, false])
  })

  test('both are there again at the next start, with what ended meanwhile', async () => {
    await startBoth()
    await main.quit()
    await pass(60_000)
    const next = await MainProcess.launch(machine)
    await pass(5000)
    expect(links(next)).toEqual(['wexflow:8000 online', 'production:8000 online'])
    expect(next.outcomes).toEqual(['done', 'done'])
    expect(
      next.toaster.toasts.map(({ title, body }) => `${title} ${body.split('\n')[0]}`).toSorted(),
    ).toEqual(['Done: Import orders On wexflow:8000', 'Done: Nightly export On production:8000'])
    expect(next.window.shown).toEqual([])
  })

  test('signing out of one leaves the other as it is', async () => {
    await startBoth()
    await main.run({ kind: 'signOut', serverId: first })
    await pass(60_000)
    expect(links(main)).toEqual(['wexflow:8000 signedOut', 'production:8000 online'])
    expect(main.toaster.titles).toEqual(['Done: Nightly export'])
    expect(main.transports.size).toBe(1)
  })

  test('one whose password nobody remembers asks for it at the next start, while the other is followed', async () => {
    await main.signIn({ address: 'production:8000', staySignedIn: false })
    await main.quit()
    const next = await MainProcess.launch(machine)
    expect(links(next)).toEqual(['wexflow:8000 online', 'production:8000 signedOut'])
    expect(next.window.shown).toEqual([['connect', null]])
    // The form is filled in for the one that asks.
    expect(next.serverId).toBe(other)
  })
})
