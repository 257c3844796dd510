import type { LinkState, Profile, ServerView } from '../../shared/app-state.ts'
import type { Certificate } from '../../shared/certificate.ts'
import type { Failure } from '../../shared/failure.ts'
import type { HistoryDay, HistoryPage, HistoryQuery } from '../../shared/history.ts'
import type { TakenVariables, Variable } from '../../shared/variables.ts'
import type { Watch } from '../../shared/watch.ts'
import { apart } from '../platform/apart.ts'
import { Schedules } from '../schedule/schedules.ts'
import { isWatched, type Job } from '../tracking/job.ts'
import type { TrackerLink } from '../tracking/link/link-status.ts'
import { JobTracker, type TrackerListener } from '../tracking/tracker.ts'
import { unwanted, type Watching } from '../tracking/watch/watch.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { isKeychains } from '../wexflow/failures.ts'
import type { LogLines } from '../wexflow/log-lines.ts'
import type { ServerMessages } from '../wexflow/server.ts'
import type { OpenServer } from './access.ts'
import { countHistory, readHistory } from './history.ts'
import { Messages } from './messages.ts'
import { serverView } from './server-view.ts'
import type { ServerContext } from './server-context.ts'
import { takenVariables } from './taken-variables.ts'
import { WorkflowList } from './workflow-list.ts'

const watchedOn = (jobs: readonly Job[], serverId: string): Job[] =>
  jobs.filter((job) => job.serverId === serverId && isWatched(job))

interface Connection {
  readonly open: OpenServer
  readonly tracker: JobTracker
  readonly schedules: Schedules
  readonly messages: Messages
}

/**
 * A server as one user sees it: how the app stands with it, its workflows, and the tracker that follows its jobs as
 * long as somebody is signed in.
 */
export class Server {
  readonly #context: ServerContext
  readonly #onChange: () => void
  #profile: Profile
  #link: LinkState = 'signedOut'
  #failure: Failure | null = null
  readonly #workflows: WorkflowList
  #connection: Connection | null = null

  /** @param onChange called when something else is to be shown of this server */
  constructor(profile: Profile, context: ServerContext, onChange: () => void) {
    this.#profile = profile
    this.#context = context
    this.#workflows = new WorkflowList(() => context.favourites(this.#profile.id))
    this.#onChange = onChange
  }

  get profile(): Profile {
    return this.#profile
  }

  get view(): ServerView {
    return serverView(this.#profile, {
      link: this.#link,
      failure: this.#failure,
      workflows: [...this.#workflows.all],
      workflowsKnown: this.#workflows.isKnown,
      unreadMessages: this.#connection?.messages.unread ?? 0,
    })
  }

  /** Whether its password is stored, and the keychain does not give it now. */
  get waitsForKeychain(): boolean {
    return this.#link === 'signInNeeded' && this.#failure !== null && isKeychains(this.#failure)
  }

  /** Whether its jobs are followed. */
  get isFollowed(): boolean {
    return this.#connection !== null
  }

  /** Whether the runs that others began are known, as far as they are wanted; true while nobody is signed in. */
  get knowsWatchedRuns(): boolean {
    return this.#connection?.tracker.knowsWatchedRuns ?? true
  }

  /** Whether a start can be asked for: without a sign-in the server would only refuse it. */
  get canStart(): boolean {
    return this.#connection !== null && this.#link !== 'signInNeeded'
  }

  /** The tracker of its jobs. Throws a `WexflowError` while nobody is signed in. */
  get tracker(): JobTracker {
    return this.#signedIn.tracker
  }

  /** What the server has to say to its user. Throws a `WexflowError` while nobody is signed in. */
  get messages(): Messages {
    return this.#signedIn.messages
  }

  /** Follows the jobs, with this sign-in in the place of an earlier one. Asks nothing first. */
  follow(profile: Profile, open: OpenServer): void {
    const wasFollowed = this.isFollowed
    this.#disconnect()
    this.#profile = profile
    const { store, log, usual, networkFingerprint } = this.#context
    const { server } = open
    const listener = this.#trackerListener()
    const tracker = new JobTracker({
      serverId: profile.id,
      server,
      store,
      listener,
      networkFingerprint,
      watching: this.#watching,
      usual: usual.ofServer(profile.id),
      log,
    })
    this.#connection = {
      open,
      tracker,
      schedules: new Schedules({
        serverId: profile.id,
        server,
        watching: () => this.#watching,
        listener: this.#context.listener,
        log,
      }),
      messages: this.#newMessages(server),
    }
    // What is shown stays while the same user signs in again, so that no menu empties itself.
    if (!wasFollowed) this.#forgetShown()
    this.#setLink('connecting', null)
    log.info(`following ${profile.baseUrl}`)
    tracker.start()
  }

  /** It is reached in another way from now on: tries at once. */
  reconnect(profile: Profile): void {
    this.#profile = profile
    this.#onChange()
    this.wake()
  }

  /**
   * The certificate that it shows now, trusted or not. Rejects with a `WexflowError`, also while nobody is signed in.
   */
  async certificate(): Promise<Certificate> {
    return this.#signedIn.open.certificate()
  }

  /** Shows it by another name. */
  rename(name: string): void {
    this.#profile = { ...this.#profile, name }
    this.#onChange()
  }

  /** Follows from now on only the person's own jobs, or those of others as well. */
  setWatch(watch: Watch): void {
    this.#profile = { ...this.#profile, watch }
    this.#watchAnew()
    this.#onChange()
  }

  /** Stops following. The profile stays known, so that the form can be filled in. */
  signOut(): void {
    this.#disconnect()
    this.#forgetShown()
    this.#setLink('signedOut', null)
    this.#context.listener.onLink(this.#profile.id, 'signedOut')
  }

  /** Stops following because the app ends; what is shown stays as it is. */
  close(): void {
    this.#disconnect()
  }

  /**
   * Starts one of its workflows: the job's key, once the server has answered. Null for a workflow that it no longer has.
   * What goes wrong is the job's outcome.
   */
  async startWorkflow(workflowId: number, variables: readonly Variable[] = []): Promise<string | null> {
    const workflow = this.#workflows.get(workflowId)
    return workflow === undefined ? null : this.tracker.startWorkflow(workflow, variables)
  }

  /**
   * Starts a job's workflow once more, with what was given along then, but the secret values, which nobody keeps. One that
   * is not listed any more is asked for all the same: the server knows, and the outcome tells. Resolves to the new job's key.
   */
  async startAgain(job: Pick<Job, 'workflowId' | 'workflowName' | 'isApproval' | 'start'>): Promise<string> {
    const { workflowId: id, workflowName: name, isApproval, start } = job
    const listed = this.#workflows.get(id)
    const variables = start.variables.flatMap(({ name: variable, value }) =>
      value === null ? [] : [{ name: variable, value, isSecret: false }],
    )
    return this.tracker.startWorkflow(listed ?? { id, name, isApproval }, variables)
  }

  /** The workflows are about to be looked at: reads them anew. */
  refreshWorkflows(): void {
    this.#connection?.tracker.refreshWorkflows()
  }

  /** Connections that are open may be dead without a sign: connects anew. */
  wake(): void {
    this.#connection?.tracker.wake()
  }

  /** Stars changed: shows the workflows with them. */
  refreshFavourites(): void {
    this.#workflows.refreshFavourites()
    if (this.#profile.watch === 'favourites') this.#watchAnew()
    this.#onChange()
  }

  /** When its workflows run next, as far as that is known: milliseconds since 1970, by the workflow's id. */
  nextRuns(): ReadonlyMap<number, number> {
    return this.#connection?.schedules.nextRuns(Date.now()) ?? new Map()
  }

  /** Reads a job's log. Rejects with a `WexflowError`. */
  readLog(key: string): LogLines {
    return this.tracker.jobLog(key)
  }

  /** The variables that one of its workflows takes. Rejects with a `WexflowError`. */
  async readVariables(workflowId: number): Promise<TakenVariables> {
    const definition = await this.#signedIn.open.server.definition(workflowId)
    if (definition === null) return { variables: [], isOneAtATime: false }
    const sent = this.#context.lastSent(this.#profile.id, workflowId)
    return { variables: takenVariables(definition, sent), isOneAtATime: !definition.isParallel }
  }

  /**
   * Reads a page of the history of the workflows that the user may see; `page` counts from 1. Rejects with a
   * `WexflowError`.
   */
  async readHistory(query: HistoryQuery, page: number): Promise<HistoryPage> {
    const { server } = this.#signedIn.open
    const workflows = this.#workflows.isKnown ? this.#workflows.all : await server.workflows()
    return readHistory(server, query, new Set(workflows.map(({ id }) => id)), page)
  }

  /** How many jobs ended on each of the last days. Rejects with a `WexflowError`. */
  async countHistory(text: string): Promise<HistoryDay[]> {
    return countHistory(this.#signedIn.open.server, text)
  }

  /** The log of a history row. Rejects with a `WexflowError`. */
  readHistoryLog(rowId: string): LogLines {
    return this.#signedIn.open.server.wholeLog({ kind: 'history', id: rowId })
  }

  /** Resolves once what an ended job's log tells is known, or can't be. */
  async logKnown(key: string): Promise<void> {
    await this.#connection?.tracker.logKnown(key)
  }

  get #signedIn(): Connection {
    if (this.#connection === null)
      throw new WexflowError('signInExpired', 'not signed in to the server', false)
    return this.#connection
  }

  get #watching(): Watching {
    const { id, watch = 'mine' } = this.#profile
    const { favourites, isDismissed } = this.#context
    return { watch, favourites: favourites(id), isDismissed: (jobId) => isDismissed(id, jobId) }
  }

  /** Also while nobody is signed in, what is wanted no more leaves the list. */
  #watchAnew(): void {
    const { store } = this.#context
    const watching = this.#watching
    if (this.#connection !== null) this.#connection.tracker.watch(watching)
    else store.forget(unwanted(watching, watchedOn(store.all(), this.#profile.id)).map(({ key }) => key))
  }

  #disconnect(): void {
    this.#connection?.tracker.stop()
    this.#connection?.schedules.stop()
    this.#connection?.messages.stop()
    this.#connection?.open.close()
    this.#connection = null
  }

  #forgetShown(): void {
    this.#workflows.forget()
    this.#context.model.removeNotice('noStream', this.#profile.id)
  }

  /**
   * Each is told by itself: what one of them runs into keeps nothing from the others, nor the tracker from its work.
   */
  #trackerListener(): TrackerListener {
    const { listener, log } = this.#context
    return {
      onLink: (link, failure) => {
        log.info(`link ${link} of ${this.#profile.baseUrl}`, failure ?? undefined)
        apart(() => this.#setLink(link, failure))
        apart(() => this.#noteStreams(link, failure))
        apart(() => listener.onLink(this.#profile.id, link))
      },
      onWorkflows: (infos) => {
        if (this.#workflows.take(infos)) apart(this.#onChange)
        apart(() => this.#connection?.messages.onAnswer())
        void this.#connection?.schedules.take(infos, Date.now())
      },
      onEnded: (job, circumstance) => apart(() => listener.onEnded(job, circumstance)),
      onCaughtUp: () => apart(() => listener.onCaughtUp(this.#profile.id)),
      onRunMoved: (fromKey, toKey) => apart(() => listener.onRunMoved(fromKey, toKey)),
    }
  }

  #newMessages(server: ServerMessages): Messages {
    const { listener, areMessagesWanted, log } = this.#context
    const { id, username } = this.#profile
    return new Messages({
      server,
      username,
      areWanted: areMessagesWanted,
      onCount: () => apart(this.#onChange),
      onUnread: (unread, how) => apart(() => listener.onMessages(id, unread, how)),
      log,
    })
  }

  #setLink(link: LinkState, failure: Failure | null): void {
    this.#link = link
    this.#failure = failure
    this.#onChange()
  }

  #noteStreams(link: TrackerLink, failure: Failure | null): void {
    const { model } = this.#context
    const { id } = this.#profile
    if (link === 'slow') model.addNotice({ kind: 'noStream', detail: failure?.detail ?? '' }, id)
    if (link === 'online') model.removeNotice('noStream', id)
  }
}
