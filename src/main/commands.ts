import type { RequestOutput, Result, SignInForm, View } from '../shared/ipc.ts'
import type { Settings } from '../shared/settings.ts'
import type { Account } from './account.ts'
import type { AppModel } from './app-model.ts'
import type { JobStore } from './job-store/store.ts'
import type { JobTracker } from './tracking/tracker.ts'
import { diagnosticsText, type Machine } from './platform/diagnostics.ts'
import type { LogFile } from './platform/log-file.ts'
import type { Redactor } from './platform/redaction.ts'
import type { Session } from './session.ts'
import type { AppStore } from './settings/app-store.ts'
import { viewOf } from './tracking/job-view.ts'
import { WexflowError } from './wexflow/errors.ts'

/** Lines of the log that go into the diagnostics. */
const linesInDiagnostics = 200

/** What the system does for the person outside of this app's own window. */
interface Desktop {
  /** Resolves to what went wrong; empty when the file is open. */
  openFile(path: string): Promise<string>
  copyText(text: string): Promise<void>
  quit(): void
}

export interface CommandsOptions {
  readonly account: Account
  readonly session: Session
  readonly model: AppModel
  readonly appStore: AppStore
  readonly jobStore: JobStore
  readonly window: {
    readonly isFocused: boolean
    show(page?: View['page'], key?: string | null): void
  }
  readonly desktop: Desktop
  readonly logFile: Pick<LogFile, 'path' | 'tail'>
  readonly redactor: Redactor
  /** What the app runs on, for the diagnostics. */
  readonly machine: Machine
}

/**
 * Every wish that a person can have, one function each. The tray, the window and the notifications call these and
 * nothing else.
 */
export class Commands {
  readonly #options: CommandsOptions

  constructor(options: CommandsOptions) {
    this.#options = options
  }

  /** The app was started: goes on as whoever was signed in, or asks who that is. */
  resume(): void {
    if (!this.#options.account.resume()) this.show('connect')
  }

  /** Signs in with what was typed and shows the jobs. */
  async connect(form: SignInForm): Promise<Result> {
    const { account } = this.#options
    const result = await resultOf(() => account.signIn(form))
    if (result.ok) this.show('jobs')
    return result
  }

  signOut(): void {
    this.#options.account.signOut()
  }

  /** Starts a workflow. What goes wrong is the job's outcome; without a sign-in there is no job, but the form. */
  async startWorkflow(workflowId: number): Promise<void> {
    const { session, model } = this.#options
    const workflow = model.state.workflows.find(({ id }) => id === workflowId)
    if (session.tracker === null || model.state.link === 'signInNeeded') this.show('connect')
    else if (workflow !== undefined) await session.tracker.startWorkflow(workflow)
  }

  stopJob(key: string): Promise<Result> {
    return resultOf(() => this.#trackerOf(key).stopJob(key))
  }

  approveJob(key: string): Promise<Result> {
    return resultOf(() => this.#trackerOf(key).approveJob(key))
  }

  rejectJob(key: string): Promise<Result> {
    return resultOf(() => this.#trackerOf(key).rejectJob(key))
  }

  /** Reads a job's log; what it tells about the job is kept. */
  async jobLog(key: string): Promise<RequestOutput<'jobLog'>> {
    let lines: string[] = []
    const result = await resultOf(async () => {
      lines = await this.#options.session.readLog(key)
    })
    return result.ok ? { ok: true, lines } : result
  }

  /** The workflows are about to be looked at: reads them anew. */
  refreshWorkflows(): void {
    this.#options.session.tracker?.refreshWorkflows()
  }

  /** Puts a workflow among the favourites or takes it away from them. */
  setFavourite(workflowId: number, isFavourite: boolean): void {
    const { appStore, session, model } = this.#options
    if (model.state.profile === null) return
    appStore.setFavourite(model.state.profile.id, workflowId, isFavourite)
    session.refreshFavourites()
  }

  /** @returns the settings as they hold from now on */
  saveSettings(settings: Settings): Settings {
    const { appStore, jobStore } = this.#options
    appStore.saveSettings(settings)
    jobStore.prune()
    return appStore.settings
  }

  /** Remembers where in the window the person is. */
  saveView(view: View): void {
    const { appStore, model, window } = this.#options
    appStore.saveView(view)
    // A list moves by itself too, when jobs come above what is seen: that is no look at it.
    if (view.page === 'jobs' && window.isFocused) model.markAllSeen()
  }

  /** Rejects where the system has nothing that opens it. */
  async openLogFile(): Promise<void> {
    const { desktop, logFile } = this.#options
    const problem = await desktop.openFile(logFile.path)
    if (problem !== '') throw new Error(problem)
  }

  async copyDiagnostics(): Promise<void> {
    const { desktop, logFile, redactor, machine, model, jobStore } = this.#options
    const logLines = await logFile.tail(linesInDiagnostics)
    const input = {
      machine,
      state: model.state,
      jobs: jobStore.list().map(viewOf),
      logLines,
      now: Date.now(),
    }
    await desktop.copyText(diagnosticsText(input, redactor))
  }

  /** Brings the window to the front at the page where it was left. */
  showWindow(): void {
    this.#options.window.show()
  }

  /** Brings the window to the front at a page, and there at a job. */
  show(page: View['page'], key: string | null = null): void {
    this.#options.window.show(page, key)
  }

  quit(): void {
    this.#options.desktop.quit()
  }

  /** The tracker of the server that a job belongs to. Throws a `WexflowError` where the app is not signed in there. */
  #trackerOf(key: string): JobTracker {
    const { session, model, jobStore } = this.#options
    const isOwn = jobStore.get(key)?.serverId === model.state.profile?.id
    if (session.tracker === null || !isOwn)
      throw new WexflowError('signInExpired', 'not signed in to the job’s server', false)
    return session.tracker
  }
}

/** The failures of a server as an answer; anything else is a fault of this app and is thrown on. */
async function resultOf(wish: () => Promise<void>): Promise<Result> {
  try {
    await wish()
    return { ok: true }
  } catch (error) {
    if (!(error instanceof WexflowError)) throw error
    return { ok: false, failure: error.failure }
  }
}
