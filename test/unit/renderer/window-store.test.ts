import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runnerOf } from '../../../src/main/commands.ts'
import { type StoreBridge, WindowStore } from '../../../src/renderer/window-store.ts'
import type { AppState } from '../../../src/shared/app-state.ts'
import type { EventName, EventPayload, RequestInput, RequestOutput } from '../../../src/shared/ipc.ts'
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
  #answer: (snapshot: RequestOutput<'snapshot'>) => void = () => {}
  readonly #snapshot = new Promise<RequestOutput<'snapshot'>>((resolve) => {
    this.#answer = resolve
  })

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    this.#heard = { ...this.#heard, [name]: listener }
    return () => {}
  }

  tell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    const heard: Heard[Name] = this.#heard[name]
    heard?.(payload)
  }

  snapshot(): Promise<RequestOutput<'snapshot'>> {
    return this.#snapshot
  }

  readonly #asked = new Map<number, (part: RequestOutput<'olderJobs'>) => void>()
  answersOlderJobs = true

  async olderJobs({ olderThan }: RequestInput<'olderJobs'>): Promise<RequestOutput<'olderJobs'>> {
    if (!this.answersOlderJobs) throw new Error('main does not answer')
    return new Promise((resolve) => this.#asked.set(olderThan, resolve))
  }

  /** Answers what was asked for; resolves once the window has heard it. */
  async answerOlderJobs(asked: number, part: RequestOutput<'olderJobs'>): Promise<void> {
    const answer = this.#asked.get(asked)
    if (answer === undefined) throw new Error(`nobody asked for what is older than ${asked}`)
    answer(part)
    await vi.advanceTimersByTimeAsync(0)
  }

  answerSnapshot(jobs: JobView[], olderThan: number | null = null): void {
    const view: View = { page: 'jobs', selectedKey: null, scrollTop: 0 }
    const rest = { usual: {}, settings: defaultSettings, view, version: '1.2.3', formats } as const
    this.#answer({ state: app, jobs, olderThan, ...rest, desktop: 'linux' })
  }

  readonly run = runnerOf({
    ...refusing,
    saveView: ({ view }) => void this.savedViews.push(view),
    saveSettings: ({ settings }) => ({ ...settings, keepJobs: Math.max(10, settings.keepJobs) }),
  })
}

async function openStore(
  jobs: JobView[] = [],
  olderThan: number | null = null,
): Promise<{ main: Main; store: WindowStore }> {
  const main = new Main()
  const store = new WindowStore(main)
  const opened = store.open()
  main.answerSnapshot(jobs, olderThan)
  await opened
  return { main, store }
}

const keys = (store: WindowStore): string[] | undefined => store.state()?.jobs.map(({ key }) => key)

describe('WindowStore', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('follows what workflows usually take', async () => {
    const { main, store } = await openStore()
    main.tell('usualChanged', { a: 1000, b: 2000 })
    main.tell('usualChanged', { a: 3000, b: null })
    expect(store.state()?.usual).toEqual(new Map([['a', 3000]]))
  })

  it('keeps what main tells before the snapshot has come', async () => {
    const main = new Main()
    const store = new WindowStore(main)
    const opened = store.open()
    main.tell('stateChanged', stateWith({ link: 'online' }))
    main.tell('jobsChanged', { changed: [job('b', 2), running('a', 1)], removed: ['gone'] })
    main.tell('show', { page: 'jobs', key: 'b' })
    expect(store.state()).toBeNull()

    main.answerSnapshot([job('gone', 3), job('a', 1)])
    await opened

    expect(store.state()?.app.servers[0]?.link).toBe('online')
    expect(store.state()?.jobs.map(({ key, state }) => [key, state.phase])).toEqual([
      ['b', 'starting'],
      ['a', 'running'],
    ])
    expect(store.state()?.view.selectedKey).toBe('b')
  })

  it('knows until it was done that main asks for the list of workflows, also before the snapshot', async () => {
    const main = new Main()
    const store = new WindowStore(main)
    const opened = store.open()
    main.tell('findWorkflow', undefined)
    main.answerSnapshot([])
    await opened
    expect(store.state()?.look.isFinding).toBe(true)
    store.setFinding(false)
    expect(store.state()?.look.isFinding).toBe(false)
  })

  it('adds the jobs that the snapshot left out, once all parts of them have come', async () => {
    const { main, store } = await openStore([job('d', 4), running('a', 1)], 4)
    void store.readOlderJobs()
    await main.answerOlderJobs(4, { jobs: [job('c', 3), job('b', 2)], olderThan: 2 })
    expect(keys(store)).toEqual(['d', 'a'])
    await main.answerOlderJobs(2, { jobs: [job('a', 1), job('0', 0)], olderThan: null })
    expect(keys(store)).toEqual(['d', 'c', 'b', 'a', '0'])
    expect(store.state()?.jobs[3]?.state.phase).toBe('running')
  })

  it('keeps what main tells between the parts, whatever an older part says', async () => {
    const { main, store } = await openStore([job('d', 4)], 4)
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
    const { main, store } = await openStore([job('b', 2)], 2)
    void store.readOlderJobs()
    main.tell('jobsChanged', { changed: [running('a', 1)], removed: [] })
    await main.answerOlderJobs(2, { jobs: [job('a', 1)], olderThan: null })
    expect(store.state()?.jobs.map(({ state }) => state.phase)).toEqual(['starting', 'running'])
  })

  it('tells whether the jobs that the snapshot left out have come', async () => {
    const { main, store } = await openStore([job('b', 2)], 2)
    expect(store.hasAllJobs()).toBe(false)
    void store.readOlderJobs()
    await main.answerOlderJobs(2, { jobs: [job('a', 1)], olderThan: null })
    expect(store.hasAllJobs()).toBe(true)
  })

  it('rejects where main does not answer for the other jobs', async () => {
    const { main, store } = await openStore([job('b', 2)], 2)
    main.answersOlderJobs = false
    await expect(store.readOlderJobs()).rejects.toThrow('main does not answer')
  })

  it('shows the newest job first, however they come', async () => {
    const { main, store } = await openStore([job('old', 1), job('new', 3)])
    expect(keys(store)).toEqual(['new', 'old'])
    main.tell('jobsChanged', { changed: [job('between', 2), job('newest', 4)], removed: [] })
    expect(keys(store)).toEqual(['newest', 'new', 'between', 'old'])
    main.tell('jobsChanged', {
      changed: [endedView('done', {}, { key: 'between', requestedAt: 2 })],
      removed: ['newest'],
    })
    expect(keys(store)).toEqual(['new', 'between', 'old'])
  })

  it('leaves the jobs that did not change as the same objects', async () => {
    const { main, store } = await openStore([job('a', 1), job('b', 2)])
    const before = store.state()?.jobs[1]
    main.tell('jobsChanged', { changed: [running('b', 2)], removed: [] })
    expect(store.state()?.jobs[1]).toBe(before)
  })

  it('keeps the selection where main asks for a page but names no job', async () => {
    const { main, store } = await openStore()
    store.setView({ selectedKey: 'a', page: 'settings' })
    main.tell('show', { page: 'jobs', key: null })
    expect(store.state()).toMatchObject({ view: { page: 'jobs', selectedKey: 'a' }, shows: 1 })
  })

  it('tells main once where a person has scrolled to', async () => {
    const { main, store } = await openStore()
    for (const scrollTop of [10, 20, 30]) store.setView({ scrollTop })
    expect(main.savedViews).toEqual([])
    vi.runAllTimers()
    expect(main.savedViews.map(({ scrollTop }) => scrollTop)).toEqual([30])
    store.setView({ scrollTop: 40 })
    vi.runAllTimers()
    expect(main.savedViews).toHaveLength(2)
  })

  it('tells main at once which job and which page is shown, with where a person had scrolled to', async () => {
    const { main, store } = await openStore()
    store.setView({ scrollTop: 10 })
    store.setView({ selectedKey: 'a' })
    expect(main.savedViews).toMatchObject([{ scrollTop: 10, selectedKey: 'a' }])
    vi.runAllTimers()
    expect(main.savedViews).toHaveLength(1)
  })

  it('tells main at once when the window closes, and nothing where nothing changed', async () => {
    const { main, store } = await openStore()
    store.saveViewNow()
    expect(main.savedViews).toEqual([])
    store.setView({ page: 'settings' })
    store.saveViewNow()
    vi.runAllTimers()
    expect(main.savedViews.map(({ page }) => page)).toEqual(['settings'])
  })

  it('shows the settings as main has saved them', async () => {
    const { store } = await openStore()
    await store.saveSettings({ ...defaultSettings, keepJobs: 1 })
    expect(store.state()?.settings.keepJobs).toBe(10)
  })

  it('tells its listeners of each change until they stop', async () => {
    const { main, store } = await openStore()
    const listener = vi.fn<() => void>()
    const stop = store.onChange(listener)
    main.tell('stateChanged', app)
    stop()
    main.tell('stateChanged', app)
    expect(listener).toHaveBeenCalledTimes(1)
  })
})
