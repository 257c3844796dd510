import type { UpdateState } from '../../shared/update.ts'
import type { Log } from '../platform/log.ts'
import type { AppModel } from '../state/app-model.ts'

/** What fetches newer versions and puts them in the place of this one. */
export interface Updater {
  /**
   * Looks for a newer version and fetches it. Resolves to its number once it is here and was checked, and to null where
   * there is none. Rejects where anything of that fails: then nothing is installed.
   */
  fetchNewer(): Promise<string | null>
  /** The end of the app installs nothing any more; otherwise it installs what was fetched. */
  holdBack(): void
  /** Puts what was fetched in the place of this version, asks the app to quit, and starts the new one then. */
  restart(): void
}

/** How newer versions come here. What fetches them is loaded when it is first needed. */
export type UpdateWay =
  | Extract<UpdateState, { kind: 'off' }>
  | { readonly kind: 'on'; readonly load: () => Promise<Updater> }

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** When it is looked for first: nothing of the start waits for it. */
const firstWithin = { from: 5 * minuteMs, to: 10 * minuteMs }
/** And again: spread, so that not all apps ask at once. */
const againWithin = { from: 6 * hourMs, to: 24 * hourMs }
/** The machine may just have had no network. */
const afterFailure = { from: hourMs, to: 2 * hourMs }

export interface UpdatesOptions {
  readonly way: UpdateWay
  /** Whether the person wants the app to look by itself. */
  readonly isWanted: () => boolean
  readonly model: Pick<AppModel, 'addNotice'>
  readonly log: Pick<Log, 'info' | 'warn'>
}

/** Looks for newer versions, quietly: one that is ready is said in the menu and in the window, and nowhere else. */
export class Updates {
  readonly #options: UpdatesOptions
  #state: UpdateState
  #updater: Updater | null = null
  /** The look that goes on; null while none does. */
  #looking: Promise<UpdateState> | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(options: UpdatesOptions) {
    this.#options = options
    this.#state = options.way.kind === 'off' ? options.way : { kind: 'current', checkedAt: null }
  }

  get state(): UpdateState {
    return this.#state
  }

  /** The app runs, or the person has changed whether it is to look. */
  begin(): void {
    const { way, isWanted } = this.#options
    if (way.kind === 'off' || !isWanted()) this.stop()
    else this.#lookWithin(firstWithin)
  }

  /** Looks now, unless that goes on already. Resolves to what came of it; never rejects. */
  async check(): Promise<UpdateState> {
    const { way } = this.#options
    if (way.kind === 'off' || this.#state.kind === 'ready') return this.#state
    this.#looking ??= this.#look(way.load)
    return this.#looking
  }

  /** Restarts as the new version; without one nothing happens. */
  restart(): void {
    if (this.#state.kind === 'ready') this.#updater?.restart()
  }

  /** Windows ends: an installer that it would kill halfway is not begun. The version stays fetched. */
  holdBack(): void {
    this.#updater?.holdBack()
  }

  /** Looks no more by itself. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #look(load: () => Promise<Updater>): Promise<UpdateState> {
    this.#state = { kind: 'checking' }
    this.#state = await this.#found(load)
    this.#looking = null
    return this.#state
  }

  async #found(load: () => Promise<Updater>): Promise<UpdateState> {
    const { model, log } = this.#options
    try {
      this.#updater ??= await load()
      const version = await this.#updater.fetchNewer()
      if (version === null) return { kind: 'current', checkedAt: Date.now() }
      log.info(`version ${version} is ready`)
      model.addNotice({ kind: 'updateReady', detail: version })
      return { kind: 'ready', version }
    } catch (error) {
      log.warn('no newer version could be fetched', reasonOf(error))
      return { kind: 'failed', checkedAt: Date.now() }
    }
  }

  #lookWithin({ from, to }: { readonly from: number; readonly to: number }): void {
    if (this.#timer !== undefined) return
    const look = async (): Promise<void> => {
      await this.check()
      this.#timer = undefined
      const { kind } = this.#state
      if (this.#options.isWanted() && kind !== 'ready')
        this.#lookWithin(kind === 'failed' ? afterFailure : againWithin)
    }
    this.#timer = setTimeout(() => void look(), from + Math.random() * (to - from))
  }
}

/** A code, or Chromium's name for it: messages hold paths, in which the person's name is. */
const reasonOf = (error: unknown): string =>
  error instanceof Error
    ? (/net::\w+/u.exec(error.message)?.[0] ?? ('code' in error ? String(error.code) : error.name))
    : 'unknown'
