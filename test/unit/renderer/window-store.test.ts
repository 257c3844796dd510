import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runnerOf } from '../../../src/main/commands.ts'
import { type StoreBridge, WindowStore } from '../../../src/renderer/window-store.ts'
import type { AppState } from '../../../src/shared/app-state.ts'
import type { EventName, EventPayload, RequestInput, JobPartView, Snapshot } from '../../../src/shared/ipc.ts'
import type { JobView } from '../../../src/shared/job-view.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import type { View } from '../../../src/shared/view.ts'
import { stateWith } from '../app-state.ts'
import { refusing } from '../refusing.ts'
import { endedView, viewIn, viewWith } from '../job-view.ts'

const formats = { times: 'en-GB', numbers: 'en-GB' }

const app: AppState = stateWith({ link: 'connecting' })
const job = (key: string, requestedAt: number): JobView => viewWith({ key, requestedAt })
const running = (key: string, requestedAt: number): JobView => viewIn('running', { key, requestedAt })

type Heard = { readonly [Name in EventName]?: (payload: EventPayload<Name>) => void }

/** Main as the store sees it: the test says when it answers and what it tells. */
class Main implements StoreBridge {
  readonly savedViews: View[] = []
  #heard: Heard = {}
  readonly #snapshot: Snapshot | null

  constructor(snapshot: Snapshot | null) {
    this.#snapshot = snapshot
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    this.#heard = { ...this.#heard, [name]: listener }
    return () => {}
  }

  tell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    const heard: Heard[Name] = this.#heard[name]
    heard?.(payload)
  }

  snapshot(): string | null {
    return this.#snapshot === null ? null : JSON.stringify(this.#snapshot)
  }

  readonly #asked = new Map<number, (part: string) => void>()
  answersOlderJobs = true

  async olderJobs({ olderThan }: RequestInput<'olderJobs'>): Promise<string> {
    if (!this.answersOlderJobs) throw new Error('main does not answer')
    return new Promise((resolve) => this.#asked.set(olderThan, resolve))
  }

  /** Answers what was asked for; resolves once the window has heard it. */
  async answerOlderJobs(asked: number, part: JobPartView): Promise<void> {
    const answer = this.#asked.get(asked)
    if (answer === undefined) throw new Error(`nobody asked for what is older than ${asked}`)
    answer(JSON.stringify(part))
    await vi.advanceTimersByTimeAsync(0)
  }

  readonly run = runnerOf({
    ...refusing,
    saveView: ({ view }) => void this.savedViews.push(view),
    saveSettings: ({ settings }) => ({ ...settings, keepJobs: Math.max(10, settings.keepJobs) }),
  })
}

function openStore(
  jobs: JobView[] = [],
  olderThan: number | null = null,
): { main: Main; store: WindowStore } {
  const view: View = { page: 'jobs', selectedKey: null, scrollTop: 0 }
  const rest = { usual: {}, settings: defaultSettings, view, version: '1.2.3', formats } as const
  const main = new Main({ state: app, jobs, olderThan, ...rest, desktop: 'linux' })
  const store = new WindowStore(main)
  store.open()
  return { main, store }
}

const keys = (store: WindowStore): string[] | undefined => store.state()?.jobs.map(({ key }) => key)

describe('WindowStore', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('follows what workflows usually take', () => {
    const { main, store } = openStore()
    main.tell('usualChanged', { a: 1000, b: 2000 })
    main.tell('usualChanged', { a: 3000, b: null })
    expect(store.state()?.usual).toEqual(new Map([['a', 3000]]))
  })

  it('says that it cannot be opened where main has no snapshot', () => {
    const store = new WindowStore(new Main(null))
    expect(store.open()).toBe(false)
    expect(store.state()).toBeNull()
  })

  it('listens before it asks, so that nothing is lost in between', () => {
    const calls: string[] = []
    const { main } = openStore()
    const store = new WindowStore({
      on: (name) => {
        calls.push(name)
        return () => {}
      },
      snapshot: () => {
        calls.push('snapshot')
        return main.snapshot()
      },
      olderJobs: (input) => main.olderJobs(input),
      run: main.run,
    })
    store.open()
    expect(calls.indexOf('snapshot')).toBe(calls.length - 1)
    expect(calls).toContain('jobsChanged')
  })

  it('knows until it was done that main asks for the list of workflows', () => {
    const { main, store } = openStore()
    main.tell('findWorkflow', undefined)
    expect(store.state()?.look.isFinding).toBe(true)
    store.setFinding(false)
    expect(store.state()?.look.isFinding).toBe(false)
  })

  it('adds the jobs that the snapshot left out, once all parts of them have come', async () => {
    const { main, store } = openStore([job('d', 4), running('a', 1)], 4)
    void store.readOlderJobs()
    await main.answerOlderJobs(4, { jobs: [job('c', 3), job('b', 2)], olderThan: 2 })
    expect(keys(store)).toEqual(['d', 'a'])
    await main.answerOlderJobs(2, { jobs: [job('a', 1), job('0', 0)], olderThan: null })
    expect(keys(store)).toEqual(['d', 'c', 'b', 'a', '0'])
    expect(store.state()?.jobs[3]?.state.phase).toBe('running')
  })

  it('keeps what main tells between the parts, whatever an older part says', async () => {
    const { main, store } = openStore([job('d', 4)], 4)
    void store.readOlderJobs()
    main.tell('jobsChanged', { changed: [running('c', 3), job('e', 5)], removed: ['b'] })
    await main.answerOlderJobs(4, { jobs: [job('c', 3), job('b', 2)], olderThan: 2 })
    main.tell('jobsChanged', { changed: [], removed: ['c'] })
    await main.answerOlderJobs(2, { jobs: [job('a', 1)], olderThan: null })
    expect(keys(store)).toEqual(['e', 'd', 'a'])
    main.tell('jobsChanged', { changed: [running('b', 2)], removed: [] })
    expect(keys(store)).toEqual(['e', 'd', 'b', 'a'])
  })

  it('does not take an older part for the truth about a job that changed meanwhile', async () => {
    const { main, store } = openStore([job('b', 2)], 2)
    void store.readOlderJobs()
    main.tell('jobsChanged', { changed: [running('a', 1)], removed: [] })
    await main.answerOlderJobs(2, { jobs: [job('a', 1)], olderThan: null })
    expect(store.state()?.jobs.map(({ state }) => state.phase)).toEqual(['starting', 'running'])
  })

  it('tells whether the jobs that the snapshot left out have come', async () => {
    const { main, store } = openStore([job('b', 2)], 2)
    expect(store.hasAllJobs()).toBe(false)
    void store.readOlderJobs()
    await main.answerOlderJobs(2, { jobs: [job('a', 1)], olderThan: null })
    expect(store.hasAllJobs()).toBe(true)
  })

  it('rejects where main does not answer for the other jobs', async () => {
    const { main, store } = openStore([job('b', 2)], 2)
    main.answersOlderJobs = false
    await expect(store.readOlderJobs()).rejects.toThrow('main does not answer')
  })

  it('shows the newest job first, however they come', () => {
    const { main, store } = openStore([job('old', 1), job('new', 3)])
    expect(keys(store)).toEqual(['new', 'old'])
    main.tell('jobsChanged', { changed: [job('between', 2), job('newest', 4)], removed: [] })
    expect(keys(store)).toEqual(['newest', 'new', 'between', 'old'])
    main.tell('jobsChanged', {
      changed: [endedView('done', {}, { key: 'between', requestedAt: 2 })],
      removed: ['newest'],
    })
    expect(keys(store)).toEqual(['new', 'between', 'old'])
  })

  it('leaves the jobs that did not change as the same objects', () => {
    const { main, store } = openStore([job('a', 1), job('b', 2)])
    const before = store.state()?.jobs[1]
    main.tell('jobsChanged', { changed: [running('b', 2)], removed: [] })
    expect(store.state()?.jobs[1]).toBe(before)
  })

  it('keeps the selection where main asks for a page but names no job', () => {
    const { main, store } = openStore()
    store.setView({ selectedKey: 'a', page: 'settings' })
    main.tell('show', { page: 'jobs', key: null })
    expect(store.state()).toMatchObject({ view: { page: 'jobs', selectedKey: 'a' }, shows: 1 })
  })

  it('tells main once where a person has scrolled to', () => {
    const { main, store } = openStore()
    for (const scrollTop of [10, 20, 30]) store.setView({ scrollTop })
    expect(main.savedViews).toEqual([])
    vi.runAllTimers()
    expect(main.savedViews.map(({ scrollTop }) => scrollTop)).toEqual([30])
    store.setView({ scrollTop: 40 })
    vi.runAllTimers()
    expect(main.savedViews).toHaveLength(2)
  })

  it('tells main at once which job and which page is shown, with where a person had scrolled to', () => {
    const { main, store } = openStore()
    store.setView({ scrollTop: 10 })
    store.setView({ selectedKey: 'a' })
    expect(main.savedViews).toMatchObject([{ scrollTop: 10, selectedKey: 'a' }])
    vi.runAllTimers()
    expect(main.savedViews).toHaveLength(1)
  })

  it('tells main at once when the window closes, and nothing where nothing changed', () => {
    const { main, store } = openStore()
    store.saveViewNow()
    expect(main.savedViews).toEqual([])
    store.setView({ page: 'settings' })
    store.saveViewNow()
    vi.runAllTimers()
    expect(main.savedViews.map(({ page }) => page)).toEqual(['settings'])
  })

  it('shows the settings as main has saved them', async () => {
    const { store } = openStore()
    await store.saveSettings({ ...defaultSettings, keepJobs: 1 })
    expect(store.state()?.settings.keepJobs).toBe(10)
  })

  it('tells its listeners of each change until they stop', () => {
    const { main, store } = openStore()
    const listener = vi.fn<() => void>()
    const stop = store.onChange(listener)
    main.tell('stateChanged', app)
    stop()
    main.tell('stateChanged', app)
    expect(listener).toHaveBeenCalledTimes(1)
  })
})
