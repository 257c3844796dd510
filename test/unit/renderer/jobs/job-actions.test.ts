import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runnerOf } from '../../../../src/main/commands.ts'
import { JobActions } from '../../../../src/renderer/jobs/actions/job-actions.ts'
import { type StoreBridge, WindowStore } from '../../../../src/renderer/window-store.ts'
import type { EventName, EventPayload, Snapshot } from '../../../../src/shared/ipc.ts'
import { defaultSettings } from '../../../../src/shared/settings.ts'
import { stateWith } from '../../app-state.ts'
import { endedView, viewWith } from '../../job-view.ts'
import { pass, useFakeClock } from '../../main-process.ts'
import { refusing } from '../../refusing.ts'

beforeEach(() => {
  useFakeClock()
  vi.stubGlobal('document', { activeElement: null, body: {} })
})
afterEach(() => vi.unstubAllGlobals())

type Heard = { readonly [Name in EventName]?: (payload: EventPayload<Name>) => void }

const snapshot: Snapshot = {
  state: stateWith({}),
  jobs: [endedView('done', {}, { key: 'old' })],
  olderThan: null,
  usual: {},
  settings: defaultSettings,
  view: { page: 'jobs', selectedKey: 'old', scrollTop: 0 },
  version: '1.2.3',
  formats: { times: 'en-GB', numbers: 'en-GB' },
  desktop: 'linux',
}

/** A window at its jobs, and main as it sees that: the test says what main answers and tells. */
class Window implements StoreBridge {
  readonly store = new WindowStore(this)
  readonly actions: JobActions
  /** What main answers to a start: the job's key, or null where it shows the sign-in form instead. */
  answer: () => Promise<string | null> = async () => 'new'
  #heard: Heard = {}

  readonly run = runnerOf({
    ...refusing,
    startWorkflow: () => this.answer(),
    runAgain: () => this.answer(),
    saveView: () => {},
  })

  constructor() {
    this.store.open()
    this.actions = new JobActions(this, this.store)
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    this.#heard = { ...this.#heard, [name]: listener }
    return () => {}
  }

  readonly snapshot = (): string => JSON.stringify(snapshot)

  readonly olderJobs = async (): Promise<string> => ''

  get selected(): string | null | undefined {
    return this.store.state()?.view.selectedKey
  }

  /** Main tells of a start of the workflow, which somebody has asked for just now, or then. */
  tellOfStart(key: string, requestedAt = Date.now()): void {
    const job = viewWith({ key, requestedAt })
    this.#heard.jobsChanged?.({ changed: [job], removed: [] })
  }
}

describe.each([
  ['started', (actions: JobActions) => actions.start('server', 1)],
  ['run again', (actions: JobActions) => actions.runAgain(endedView('done', {}, { key: 'old' }))],
])('a workflow that is %s', (_how, begin) => {
  it('is selected as soon as main tells of it', async () => {
    const window = new Window()
    begin(window.actions)
    window.tellOfStart('new')
    expect(window.selected).toBe('new')
    await pass()
  })

  it('is selected also where main has heard of it before the window goes on', async () => {
    const window = new Window()
    const askedAt = Date.now()
    window.answer = async () => {
      vi.setSystemTime(askedAt + 1)
      return 'new'
    }
    begin(window.actions)
    window.tellOfStart('new', askedAt)
    expect(window.selected).toBe('new')
    await pass()
  })

  it.each([
    ['asks for a sign-in instead', async () => null],
    ['fails', async () => Promise.reject(new Error('the disk is full'))],
  ])('where main %s, leaves the selection to the person', async (_what, answer) => {
    const window = new Window()
    window.answer = answer
    begin(window.actions)
    await pass()
    window.tellOfStart('from the tray')
    expect(window.selected).toBe('old')
  })

  it('is waited for, although one before it came to nothing meanwhile', async () => {
    const window = new Window()
    window.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      return null
    }
    begin(window.actions)
    window.answer = async () => 'new'
    begin(window.actions)
    await pass(1000)
    window.tellOfStart('new')
    expect(window.selected).toBe('new')
  })
})

/** A page on which the copy command works, or does not. */
function pageThat(copies: boolean): void {
  let onCopy: ((event: unknown) => void) | null = null
  vi.stubGlobal('document', {
    addEventListener: (_name: string, listener: (event: unknown) => void) => {
      onCopy = listener
    },
    removeEventListener: () => {},
    execCommand: () => {
      if (copies) onCopy?.({ preventDefault: () => {}, stopPropagation: () => {}, clipboardData: null })
      return copies
    },
  })
}

it.each([
  [true, 'copied'],
  [false, 'copyFailed'],
] as const)('whether a text could be copied is said: %s', (copies, said) => {
  pageThat(copies)
  const { actions } = new Window()
  actions.copy('No.')
  expect(actions.state().said).toEqual({ kind: said })
})
