import type { LinkState, Profile, Workflow } from '../shared/app-state.ts'
import type { Failure } from '../shared/failure.ts'
import type { JobView } from '../shared/job-view.ts'
import { apart } from './apart.ts'
import type { AppModel } from './app-model.ts'
import type { JobStore } from './job-store/store.ts'
import type { TrackerLink } from './tracking/server-link.ts'
import { JobTracker, type TrackerListener } from './tracking/tracker.ts'
import type { Log } from './platform/log.ts'
import type { OpenServer } from './server-access.ts'
import { WexflowError } from './wexflow/errors.ts'
import type { WorkflowInfo } from './wexflow/server.ts'

/** Who is told what the tracker finds out; `Notifier` is one. */
interface SessionListener {
  onLink(link: LinkState): void
  onEnded(job: JobView, circumstance: 'live' | 'away'): void
  onCaughtUp(): void
}

export interface SessionOptions {
  readonly store: JobStore
  readonly model: AppModel
  readonly listener: SessionListener
  /** Starred workflows of a profile. */
  readonly favourites: (profileId: string) => ReadonlySet<number>
  readonly networkFingerprint: () => string
  readonly log: Log
}

/** The server that the app is signed in to, and the tracker that follows its jobs. */
interface Connection {
  readonly profile: Profile
  readonly open: OpenServer
  readonly tracker: JobTracker
}

/** Joins a server, its tracker and what the app shows of them: one profile at a time. */
export class Session {
  readonly #options: SessionOptions
  #connection: Connection | null = null
  #infos: readonly WorkflowInfo[] = []

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** The tracker of the active profile; null while nobody is signed in. */
  get tracker(): JobTracker | null {
    return this.#connection?.tracker ?? null
  }

  /** Follows the jobs of a profile on its server, in the place of whatever was followed before. Asks nothing first. */
  begin(profile: Profile, open: OpenServer): void {
    const isSameProfile = this.#connection?.profile.id === profile.id
    this.#disconnect()
    const { store, model, log, networkFingerprint } = this.#options
    const listener = this.#trackerListener()
    const { server } = open
    const tracker = new JobTracker({ serverId: profile.id, server, store, listener, networkFingerprint })
    this.#connection = { profile, open, tracker }
    if (!isSameProfile) {
      this.#infos = []
      model.removeNotice('noStream')
    }
    model.update({
      profile,
      link: 'connecting',
      failure: null,
      ...(isSameProfile ? {} : { workflows: [], workflowsKnown: false }),
    })
    log.info(`following ${profile.baseUrl}`)
    tracker.start()
  }

  /** Stops following. The profile stays known, so that the form can be filled in. */
  end(): void {
    this.#disconnect()
    this.#infos = []
    const { model, listener } = this.#options
    model.update({ link: 'signedOut', failure: null, workflows: [], workflowsKnown: false })
    model.removeNotice('noStream')
    listener.onLink('signedOut')
  }

  /** Stops following because the app ends; what is shown stays as it is. */
  close(): void {
    this.#disconnect()
  }

  /** Stars changed: shows the workflows with them. */
  refreshFavourites(): void {
    if (this.#connection === null) return
    this.#options.model.update({ workflows: this.#workflows(this.#connection.profile.id) })
  }

  /**
   * Reads a job's log. Rejects with a `WexflowError`.
   */
  async readLog(key: string): Promise<string[]> {
    const { store } = this.#options
    const job = store.get(key)
    if (this.#connection === null || job?.serverId !== this.#connection.profile.id)
      throw new WexflowError('signInExpired', 'not signed in to the job’s server', false)
    return this.#connection.tracker.jobLog(key)
  }

  /** Resolves once what an ended job's log tells is known, or can't be. */
  async logKnown(key: string): Promise<void> {
    await this.#connection?.tracker.logKnown(key)
  }

  #disconnect(): void {
    this.#connection?.tracker.stop()
    this.#connection?.open.close()
    this.#connection = null
  }

  /** Each is told by itself: what one of them runs into keeps nothing from the others, nor the tracker from its work. */
  #trackerListener(): TrackerListener {
    const { listener } = this.#options
    return {
      onLink: (link, failure) => {
        apart(() => this.#showLink(link, failure))
        apart(() => listener.onLink(link))
      },
      onWorkflows: (infos) => apart(() => this.#showWorkflows(infos)),
      onEnded: (job, circumstance) => apart(() => listener.onEnded(job, circumstance)),
      onCaughtUp: () => apart(() => listener.onCaughtUp()),
    }
  }

  #showLink(link: TrackerLink, failure: Failure | null): void {
    const { model, log } = this.#options
    log.info(`link ${link}`, failure ?? undefined)
    model.update({ link, failure })
    if (link === 'slow') model.addNotice({ kind: 'noStream', detail: failure?.detail ?? '' })
    if (link === 'online') model.removeNotice('noStream')
  }

  #showWorkflows(infos: readonly WorkflowInfo[]): void {
    if (this.#connection === null) return
    this.#infos = infos
    const workflows = this.#workflows(this.#connection.profile.id)
    const { state } = this.#options.model
    // Read once a minute and mostly the same: nothing is drawn anew for it.
    if (state.workflowsKnown && JSON.stringify(workflows) === JSON.stringify(state.workflows)) return
    this.#options.model.update({ workflows, workflowsKnown: true })
  }

  #workflows(profileId: string): Workflow[] {
    const favourites = this.#options.favourites(profileId)
    return this.#infos.map(({ id, name, description, isEnabled, isApproval }) => ({
      id,
      name,
      description,
      isEnabled,
      isApproval,
      isFavourite: favourites.has(id),
    }))
  }
}
