import type { HandOnFailure, Target } from '../shared/hand-on.ts'
import type { Bridge, JobPartView, Snapshot } from '../shared/ipc.ts'
import type { JobView } from '../shared/job-view.ts'
import type { Settings } from '../shared/settings.ts'
import type { View } from '../shared/view.ts'
import { type Change, firstState, type Look, reduce, type WindowState } from './window-state.ts'

/** Milliseconds that changes of the view are gathered before main is told: scrolling makes many of them. */
const saveViewAfterMs = 250

/** The part of the bridge that feeds the store. */
export type StoreBridge = Pick<Bridge, 'on' | 'snapshot' | 'olderJobs' | 'run'>

/** Holds what main sent: the snapshot that it was asked for, and what it tells since then. */
export class WindowStore {
  readonly #bridge: StoreBridge
  readonly #listeners = new Set<() => void>()
  #state: WindowState | null = null
  /** Keys that main has told as removed: a part of older jobs that it sent before may hold them still. */
  readonly #gone = new Set<string>()
  /** Jobs that were asked for before this time are still to be read; null for none. */
  #olderThan: number | null = null
  #saveTimer: ReturnType<typeof setTimeout> | undefined

  constructor(bridge: StoreBridge) {
    this.#bridge = bridge
  }

  /**
   * Listens to main and asks for the snapshot, which `readOlderJobs` completes.
   * @returns false where main has none
   */
  open(): boolean {
    this.#bridge.on('stateChanged', (app) => this.#apply({ kind: 'state', app }))
    this.#bridge.on('jobsChanged', (jobs) => {
      for (const key of jobs.removed) this.#gone.add(key)
      this.#apply({ kind: 'jobs', jobs })
    })
    this.#bridge.on('usualChanged', (usual) => this.#apply({ kind: 'usual', usual }))
    this.#bridge.on('show', (show) => this.#apply({ kind: 'show', show }))
    this.#bridge.on('findWorkflow', () => this.setFinding(true))
    const text = this.#bridge.snapshot()
    if (text === null) return false
    const snapshot: Snapshot = JSON.parse(text)
    this.#state = firstState(snapshot)
    this.#olderThan = snapshot.olderThan
    return true
  }

  /** Reads the jobs that the snapshot left out, and shows them once all are there. Rejects where main does not answer. */
  async readOlderJobs(): Promise<void> {
    const jobs: JobView[] = []
    while (this.#olderThan !== null) {
      const part: JobPartView = JSON.parse(await this.#bridge.olderJobs({ olderThan: this.#olderThan }))
      jobs.push(...part.jobs)
      this.#olderThan = part.olderThan
    }
    if (jobs.length > 0)
      this.#apply({ kind: 'olderJobs', jobs: jobs.filter(({ key }) => !this.#gone.has(key)) })
  }

  /** Null where main had no snapshot. */
  readonly state = (): WindowState | null => this.#state

  /** Whether the jobs that the snapshot left out have come. */
  readonly hasAllJobs = (): boolean => this.#olderThan === null

  /** Listens to every change; returns the function that stops listening. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Goes to another place in the window; main remembers it for the next window. */
  readonly setView = (view: Partial<View>): void => {
    this.#apply({ kind: 'view', view })
    this.#saveTimer ??= setTimeout(this.saveViewNow, saveViewAfterMs)
    // The end of the job that is shown is no news: main has to know at once which one that is. Only a scroll goes on.
    if (view.scrollTop === undefined) this.saveViewNow()
  }

  /** Narrows the list down, or opens a fold in it. */
  readonly setList = (list: Partial<Look['list']>): void => {
    this.#apply({ kind: 'list', list })
  }

  /** Turns a narrow window to the list or to the selected job. */
  readonly setPane = (pane: Look['pane']): void => {
    if (this.#state?.look.pane !== pane) this.#apply({ kind: 'pane', pane })
  }

  /** Says whether the list of workflows is to be opened. */
  readonly setFinding = (isFinding: boolean): void => {
    this.#apply({ kind: 'finding', isFinding })
  }

  /** The list has brought the selected job into sight. */
  readonly setRevealed = (): void => {
    this.#apply({ kind: 'revealed' })
  }

  /** Tells main at once what `setView` still gathers, as when the window is about to close. */
  readonly saveViewNow = (): void => {
    if (this.#saveTimer === undefined) return
    clearTimeout(this.#saveTimer)
    this.#saveTimer = undefined
    // Nobody can be told that the place is not remembered: main logs it.
    if (this.#state === null) return
    this.#bridge.run({ kind: 'saveView', view: this.#state.view }).catch(() => {})
  }

  /** Has main save the settings, and shows what it made of them. Rejects where they could not be saved. */
  readonly saveSettings = async (wanted: Settings): Promise<void> => {
    this.#apply({
      kind: 'settings',
      settings: await this.#bridge.run({ kind: 'saveSettings', settings: wanted }),
    })
  }

  /** Has main take over the settings of the file that was read last, and shows them. Rejects where they could not be saved. */
  readonly importSettings = async (): Promise<void> => {
    this.#apply({ kind: 'settings', settings: await this.#bridge.run({ kind: 'importSettings' }) })
  }

  /** Has main save a target with the address that was typed. Resolves to why it can't be saved so; null where it was. */
  readonly saveTarget = async (target: Target, address: string): Promise<HandOnFailure | null> => {
    const answer = await this.#bridge.run({ kind: 'saveTarget', target, address })
    if (!answer.ok) return answer.failure
    this.#apply({ kind: 'settings', settings: answer.settings })
    return null
  }

  /** Has main forget a target. Rejects where it could not be done. */
  readonly removeTarget = async (id: string): Promise<void> => {
    this.#apply({ kind: 'settings', settings: await this.#bridge.run({ kind: 'removeTarget', id }) })
  }

  #apply(change: Change): void {
    if (this.#state === null) return
    this.#state = reduce(this.#state, change)
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
