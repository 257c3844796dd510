import type { DeepLinkProblem, ShownDeepLink } from '../../../shared/deep-link.ts'
import type { Failure } from '../../../shared/failure.ts'
import type { Bridge } from '../../../shared/ipc.ts'
import type { JobView } from '../../../shared/job-view.ts'
import type { SentVariable, Variable } from '../../../shared/variables.ts'
import type { WebManagerPage } from '../../../shared/web-manager.ts'
import { isOthers } from '../../../shared/watch.ts'
import { canAsk, type Wish, wishCommands } from '../../../shared/wish.ts'
import type { WindowStore } from '../../window-store.ts'
import { copyText } from '../copy-text.ts'
import { focusOn } from '../focus.ts'
import type { ServerWorkflow } from '../workflow-order.ts'

/** A wish that did not come true. */
export interface FailedWish {
  readonly wish: Wish
  /** Null where main itself failed to answer. */
  readonly failure: Failure | null
}

/** What is said for a moment at the lower edge of the window. */
export type Said =
  | { readonly kind: 'removed'; readonly count: number }
  | { readonly kind: 'wishFailed'; readonly workflow: string; readonly failed: FailedWish }
  | { readonly kind: 'runAgainFailed'; readonly workflow: string }
  | { readonly kind: 'deepLinkFailed'; readonly problem: DeepLinkProblem }
  | { readonly kind: 'copied' | 'copyFailed' | 'saved' | 'saveFailed' | 'removeRefused' | 'notOpened' }

/** A workflow that shall be started with variables, which are still to be said. */
export interface AskedStart extends Pick<JobView, 'serverId' | 'workflowId' | 'workflowName'> {
  /** What a job was given along that is started once more; empty for none. */
  readonly given: readonly SentVariable[]
  /** Whether a link from outside asks for it, and not the person. */
  readonly isFromLink: boolean
}

/** A job for whose workflow it shall be said what becomes of its notifications. */
export type AskedRule = Pick<JobView, 'serverId' | 'workflowName'>

/** What became of the person's wishes. Never changed, only replaced. */
export interface ActionsState {
  /** The wish of each job, by its key, that waits for its answer. */
  readonly pending: ReadonlyMap<string, Wish>
  readonly failed: ReadonlyMap<string, FailedWish>
  readonly said: Said | null
  /** What the dialog asks for the variables of; null while it is closed. */
  readonly askedStart: AskedStart | null
  /** What the form for a rule is about; null while it is closed. */
  readonly askedRule: AskedRule | null
}

/** A start whose job is still to be told of. */
interface AwaitedStart {
  readonly serverId: string
  readonly workflowId: number
  /** Milliseconds since 1970. */
  readonly since: number
}

/**
 * Carries out what a person wants of jobs, wherever in the window they say so: one place knows what waits for its
 * answer and what failed.
 */
export class JobActions {
  readonly #bridge: Pick<Bridge, 'run'>
  readonly #store: WindowStore
  readonly #listeners = new Set<() => void>()
  #state: ActionsState = {
    pending: new Map(),
    failed: new Map(),
    said: null,
    askedStart: null,
    askedRule: null,
  }
  #awaited: AwaitedStart | null = null

  constructor(bridge: Pick<Bridge, 'run'>, store: WindowStore) {
    this.#bridge = bridge
    this.#store = store
    store.onChange(this.#selectStarted)
    store.onChange(this.#giveUpElsewhere)
  }

  readonly state = (): ActionsState => this.#state

  /** Listens to every change; returns the function that stops listening. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Starts a workflow; the job that comes of it is selected as soon as main tells of it. */
  readonly start = (serverId: string, workflowId: number, variables: readonly Variable[] = []): void => {
    const given = [...variables]
    const run = () => this.#bridge.run({ kind: 'startWorkflow', serverId, workflowId, variables: given })
    // What goes wrong is the job's outcome.
    this.#await({ serverId, workflowId }, run).catch(() => {})
  }

  /** Starts a workflow that was chosen from the list. */
  readonly startChosen = ({ server, workflow }: ServerWorkflow): void => this.start(server.id, workflow.id)

  /** The same, once its variables are said. */
  readonly askVariablesOf = ({ server, workflow }: ServerWorkflow): void =>
    this.askVariables({
      serverId: server.id,
      workflowId: workflow.id,
      workflowName: workflow.name,
      given: [],
      isFromLink: false,
    })

  /** Asks for the variables of a start; null closes the dialog. */
  readonly askVariables = (askedStart: AskedStart | null): void => this.#change({ askedStart })

  /** Asks what becomes of the notifications of a job's workflow; null closes the dialog. */
  readonly askRule = (askedRule: AskedRule | null): void => this.#change({ askedRule })

  /**
   * Shows what a deep link asks for. A dialog that is open stays as it is: what a click in it starts must not change
   * under the person's hand.
   */
  readonly showDeepLink = (shown: ShownDeepLink): void => {
    if (shown.kind === 'failed') this.say({ kind: 'deepLinkFailed', problem: shown.problem })
    else if (this.#state.askedStart === null)
      this.askVariables({ ...shown, given: shown.variables, isFromLink: true })
  }

  /** Starts a job's workflow once more, as it was started then. */
  readonly runAgain = ({ key, serverId, workflowId, workflowName }: JobView): void => {
    this.#await({ serverId, workflowId }, () => this.#bridge.run({ kind: 'runAgain', key })).catch(() =>
      this.say({ kind: 'runAgainFailed', workflow: workflowName }),
    )
  }

  /** Asks the server to do something with a job; one wish at a time for each. */
  readonly wish = (wish: Wish, job: JobView): void => {
    if (!this.#state.pending.has(job.key) && canAsk(wish, job)) void this.#ask(wish, job)
  }

  /**
   * Takes ended jobs from the list.
   * @param next the key of the job that is selected instead; null for none
   */
  readonly remove = (keys: readonly string[], next: string | null): void => {
    void this.#remove(keys, next)
  }

  /** Brings back what was removed last. */
  readonly undoRemove = (): void => {
    this.say(null)
    this.#bridge.run({ kind: 'restoreJobs' }).then(
      (key) => key !== null && this.#store.setView({ selectedKey: key }),
      () => {},
    )
  }

  /** Opens a page of a server's own web manager in the browser. */
  readonly openWebManager = (serverId: string, page: WebManagerPage): void => {
    this.#bridge.run({ kind: 'openWebManager', serverId, page }).catch(() => this.say({ kind: 'notOpened' }))
  }

  /** Puts a text on the clipboard, and says whether that went well. */
  readonly copy = (text: string): void => this.say({ kind: copyText(text) ? 'copied' : 'copyFailed' })

  /** Says something for a moment; null ends it. */
  readonly say = (said: Said | null): void => this.#change({ said })

  /**
   * Selects the job of a start as soon as main tells of it. Where main makes no job of it, as when somebody has to sign in
   * first, there is nothing to wait for: the next start of that workflow may be another's. Rejects as the start does.
   */
  async #await(of: Omit<AwaitedStart, 'since'>, run: () => Promise<string | null>): Promise<void> {
    // Before main is asked, which may have made the job of it by the time that this goes on.
    const start = { ...of, since: Date.now() }
    this.#awaited = start
    const key = await run().catch((error: unknown) => {
      this.#giveUp(start)
      throw error
    })
    if (key === null) this.#giveUp(start)
  }

  /** Waits for that start no longer; another one may have taken its place. */
  #giveUp(start: AwaitedStart): void {
    if (this.#awaited === start) this.#awaited = null
  }

  async #remove(keys: readonly string[], next: string | null): Promise<void> {
    const count = await this.#bridge.run({ kind: 'removeJobs', keys: [...keys] }).catch(() => 0)
    this.say(count === 0 ? { kind: 'removeRefused' } : { kind: 'removed', count })
    if (count > 0) this.#store.setView({ selectedKey: next })
  }

  async #ask(wish: Wish, job: JobView): Promise<void> {
    const { key } = job
    this.#change({
      pending: new Map(this.#state.pending).set(key, wish),
      failed: without(this.#state.failed, key),
    })
    const failed = await this.#failureOf(wish, key)
    const pending = without(this.#state.pending, key)
    if (failed === null) this.#change({ pending })
    else {
      const said = { kind: 'wishFailed', workflow: job.workflowName, failed } as const
      this.#change({ pending, failed: new Map(this.#state.failed).set(key, failed), said })
    }
  }

  async #failureOf(wish: Wish, key: string): Promise<FailedWish | null> {
    try {
      const result = await this.#bridge.run({ kind: wishCommands[wish], key })
      return result.ok ? null : { wish, failure: result.failure }
    } catch {
      return { wish, failure: null }
    }
  }

  readonly #selectStarted = (): void => {
    const jobs = this.#store.state()?.jobs
    if (this.#awaited === null || jobs === undefined) return
    const { serverId, workflowId, since } = this.#awaited
    const job = jobs.find(
      (one) =>
        one.serverId === serverId &&
        one.workflowId === workflowId &&
        one.requestedAt >= since &&
        !isOthers(one),
    )
    if (job === undefined) return
    this.#awaited = null
    this.#store.setView({ selectedKey: job.key })
    // The first job replaces the button that had the focus: it goes to the list, once that is drawn.
    setTimeout(() => document.activeElement === document.body && focusOn('list'))
  }

  /** The dialogs stand over the jobs: who turns to another page has given them up. */
  readonly #giveUpElsewhere = (): void => {
    const { askedStart, askedRule } = this.#state
    if (this.#store.state()?.view.page === 'jobs' || (askedStart === null && askedRule === null)) return
    this.#change({ askedStart: null, askedRule: null })
  }

  #change(change: Partial<ActionsState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  const rest = new Map(map)
  rest.delete(key)
  return rest
}
