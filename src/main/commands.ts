import { cleanText } from '../shared/clean-text.ts'
import type { Told } from '../shared/told.ts'
import type { Wish, wishCommands } from '../shared/wish.ts'
import type { Command, CommandAnswer, CommandHandlers, CommandKind, Result, Run } from '../shared/commands.ts'
import { DeepLinks } from './deep-links/deep-links.ts'
import type { Targets } from './hand-on/targets.ts'
import type { JobStore } from './job-store/store.ts'
import type { Notifier } from './notify/notifier.ts'
import type { ToldRecord } from './notify/told-record.ts'
import { muteEnd } from './notify/quiet.ts'
import { diagnosticsText, type Machine } from './platform/diagnostics.ts'
import type { LogFile } from './platform/log-file.ts'
import type { Redactor } from './platform/redaction.ts'
import type { StartAtLogin } from './platform/start-at-login/start-at-login.ts'
import { LogReadings } from './servers/log-readings.ts'
import type { Servers } from './servers/servers.ts'
import type { SentOf } from './servers/taken-variables.ts'
import type { AppStore } from './settings/app-store.ts'
import type { AppModel } from './state/app-model.ts'
import type { Job } from './tracking/job.ts'
import { viewOf } from './tracking/job-view.ts'
import { transferCommands } from './settings/transfer/transfer-commands.ts'
import { webManagerAddress } from './wexflow/address.ts'
import type { Updates } from './updates/updates.ts'
import { WexflowError } from './wexflow/errors.ts'
import type { Shortcut } from './window/shortcut.ts'
import type { AppWindow } from './window/window.ts'

/** Lines of the log that go into the diagnostics. */
const linesInDiagnostics = 200

/** What a person is asked with a box of the system's own, which no page can click. */
export interface Question {
  readonly title: string
  readonly text: string
  /** The words of the two buttons. */
  readonly yes: string
  readonly no: string
}

/** What the system does for the person outside of this app's own window. */
export interface Desktop {
  /** Resolves to what went wrong; empty when the file is open. */
  openFile(path: string): Promise<string>
  copyText(text: string): Promise<void>
  /** Opens an address of http or https in the person's browser. Rejects for any other, and where there is none. */
  openInBrowser(address: string): Promise<void>
  /** Asks the person where, with this name for the file. */
  saveText(name: string, text: string): Promise<'saved' | 'cancelled' | 'failed'>
  /** Resolves to the path of the file that the person chose; null where they chose none. */
  chooseFile(): Promise<string | null>
  /** Calls back when these keys are pressed, whatever program has the focus; answers whether the system lets it. */
  setShortcut(accelerator: string | null, onPress: () => void): boolean
  /** Opens the system's settings of notifications; nothing where there is no way to. */
  openNotificationSettings(): Promise<void>
  /** Resolves to whether the person said yes: no where they only close it, or nobody can be asked. */
  confirm(question: Question): Promise<boolean>
  quit(): void
}

export interface CommandsOptions {
  readonly servers: Servers
  readonly model: AppModel
  readonly appStore: AppStore
  readonly jobStore: JobStore
  readonly told: Pick<ToldRecord, 'get' | 'settle'>
  readonly lastSent: SentOf
  /** Notifications are muted until another time, or no longer. */
  readonly onMute: () => void
  readonly window: Pick<AppWindow, 'isFocused' | 'show' | 'showAndTell' | 'onIconClick' | 'expand' | 'close'>
  /** The list of jobs is before the person, and in it the job of this key. */
  readonly onLookedAt: (key: string | null) => void
  readonly testNotification: Notifier['test']
  readonly shortcut: Pick<Shortcut, 'set'>
  readonly desktop: Desktop
  readonly startAtLogin: Pick<StartAtLogin, 'set'>
  readonly updates: Pick<Updates, 'check' | 'restart'>
  readonly targets: Pick<Targets, 'save' | 'remove' | 'test'>
  readonly logFile: Pick<LogFile, 'path' | 'tail'>
  readonly redactor: Redactor
  /** What the app runs on, for the diagnostics. */
  readonly machine: Machine
}

/** The one way by which tray, window and notifications reach the app. */
export const commandRunner = (options: CommandsOptions): Run => runnerOf(commandHandlers(options))

/** Carries out each command by the handler of its kind. */
export const runnerOf =
  (handlers: CommandHandlers): Run =>
  async <Kind extends CommandKind>(command: Command<Kind>): Promise<CommandAnswer<Kind>> => {
    const kind: Kind = command.kind
    return handlers[kind](command)
  }

function commandHandlers(options: CommandsOptions): CommandHandlers {
  const { servers, model, appStore, jobStore, told, onMute, window, onLookedAt, desktop } = options
  const { startAtLogin, updates, targets, logFile, redactor, machine } = options
  const muteUntil = (until: number | null): void => {
    appStore.saveMutedUntil(until)
    onMute()
  }
  let removed: readonly { readonly job: Job; readonly told: Told | null }[] = []
  const logs = new LogReadings()
  const showSignIn = (serverId: string | null): void => {
    servers.showForm(serverId)
    window.show('connect', null)
  }
  const deepLinks = new DeepLinks({ model, jobStore, window, showSignIn })
  return {
    signIn: async ({ form }) => {
      const result = await resultOf(() => servers.signIn(form))
      if (!result.ok) return result
      window.show(appStore.isIntroduced ? 'jobs' : 'welcome', null)
      appStore.setIntroduced()
      return result
    },
    serverCertificate: ({ serverId }) =>
      readingOf(async () => ({ certificate: await servers.known(serverId).certificate() })),
    trustCertificate: ({ serverId, fingerprint }) => servers.trust(serverId, fingerprint),
    chooseFile: () => desktop.chooseFile(),
    showSignIn: ({ serverId }) => showSignIn(serverId),
    signOut: ({ serverId }) => servers.signOut(serverId),
    renameServer: ({ serverId, name }) => servers.rename(serverId, name),
    forgetServer: ({ serverId }) => servers.forget(serverId),
    startWorkflow: async ({ serverId, workflowId, variables }) => {
      const server = servers.get(serverId)
      if (server?.canStart === true) return server.startWorkflow(workflowId, variables)
      showSignIn(serverId)
      return null
    },
    readVariables: ({ serverId, workflowId }) =>
      readingOf(() => servers.known(serverId).readVariables(workflowId)),
    runAgain: async ({ key }) => {
      const job = jobStore.get(key)
      if (job === undefined) return null
      const server = servers.get(job.serverId)
      if (server?.canStart === true) return server.startAgain(job)
      showSignIn(job.serverId)
      return null
    },
    removeJobs: ({ keys }) => {
      const gone = [...servers.dismiss(keys), ...jobStore.remove(keys)]
      removed = gone.map((job) => ({ job, told: told.get(job.key) }))
      return removed.length
    },
    restoreJobs: () => {
      servers.restore(removed.map(({ job }) => job))
      // It may be forgotten already, and must not be told again.
      for (const { job, told: before } of removed) if (before !== null) told.settle(job.key, before)
      const [first] = removed
      removed = []
      return first?.job.key ?? null
    },
    setFavourite: ({ serverId, workflowId, isFavourite }) => {
      const server = servers.get(serverId)
      if (server === undefined) return
      appStore.setFavourite(serverId, workflowId, isFavourite)
      server.refreshFavourites()
    },
    setWatch: ({ serverId, watch }) => servers.setWatch(serverId, watch),
    refreshWorkflows: () => servers.refreshWorkflows(),
    stopJob: ({ key }) => resultOf(() => servers.ofJob(key).tracker.stopJob(key)),
    suspendJob: ({ key }) => resultOf(() => servers.ofJob(key).tracker.changeJob(key, 'suspend')),
    resumeJob: ({ key }) => resultOf(() => servers.ofJob(key).tracker.changeJob(key, 'resume')),
    approveJob: ({ key }) => resultOf(() => servers.ofJob(key).tracker.changeJob(key, 'approve')),
    rejectJob: ({ key }) => resultOf(() => servers.ofJob(key).tracker.changeJob(key, 'reject')),
    jobLog: ({ key }) => readingOf(async () => logs.begin(servers.ofJob(key).readLog(key))),
    readHistory: ({ serverId, query, page }) =>
      readingOf(async () => ({ page: await servers.known(serverId).readHistory(query, page) })),
    countHistory: ({ serverId, text }) =>
      readingOf(async () => ({ days: await servers.known(serverId).countHistory(text) })),
    historyLog: ({ serverId, rowId }) =>
      readingOf(async () => logs.begin(servers.known(serverId).readHistoryLog(rowId))),
    logPart: ({ next }) => readingOf(() => logs.next(next)),
    readMessages: ({ serverId }) => readingOf(() => servers.known(serverId).messages.list()),
    markMessagesRead: ({ serverId, ids }) => resultOf(() => servers.known(serverId).messages.markRead(ids)),
    openWebManager: ({ serverId, page }) => {
      const server = servers.get(serverId)
      return server === undefined
        ? undefined
        : desktop.openInBrowser(webManagerAddress(server.profile.baseUrl, page))
    },
    saveText: ({ name, text }) => desktop.saveText(fileName(name), text),
    ...transferCommands(options),
    saveTarget: ({ target, address }) => targets.save(target, address),
    removeTarget: ({ id }) => targets.remove(id),
    testTarget: ({ id }) => targets.test(id),
    saveSettings: ({ settings }) => {
      appStore.saveSettings({ ...settings, targets: appStore.settings.targets })
      jobStore.prune()
      return appStore.settings
    },
    setStartAtLogin: ({ isOn }) => startAtLogin.set(isOn),
    mute: ({ choice }) => muteUntil(muteEnd(choice, Date.now())),
    unmute: () => muteUntil(null),
    closeNotice: ({ notice }) => model.closeNotice(notice),
    saveView: ({ view }) => {
      appStore.saveView(view)
      // The page also saves its view when new jobs move the list: only in a focused window has a person seen them.
      if (view.page !== 'jobs' || !window.isFocused) return
      model.markAllSeen()
      onLookedAt(view.selectedKey)
    },
    testNotification: ({ sound }) => options.testNotification(sound),
    setShortcut: ({ accelerator }) => options.shortcut.set(accelerator),
    openNotificationSettings: () => desktop.openNotificationSettings(),
    openLogFile: async () => {
      const problem = await desktop.openFile(logFile.path)
      if (problem !== '') throw new Error(problem)
    },
    copyDiagnostics: async () => {
      const logLines = await logFile.tail(linesInDiagnostics)
      const jobs = jobStore.list().map(viewOf)
      const input = { machine, state: model.state, jobs, logLines, now: Date.now() }
      await desktop.copyText(diagnosticsText(input, redactor))
    },
    showWindow: () => window.show(),
    clickIcon: ({ icon }) => window.onIconClick(icon),
    expandWindow: () => window.expand(),
    closeWindow: () => window.close(),
    show: ({ page, key }) => window.show(page, key),
    findWorkflow: () => window.showAndTell('findWorkflow', undefined),
    openDeepLink: ({ address }) => deepLinks.open(address),
    checkForUpdates: () => updates.check(),
    restartToUpdate: () => updates.restart(),
    quit: () => desktop.quit(),
  }
}

/** A name that every file system takes, of one that a server may have thought of. */
const fileName = (name: string): string =>
  cleanText(name, 100)
    .replaceAll(/[\\/:*?"<>|]/gu, '_')
    .replace(/^\.+/u, '_')

/** The commands that a server may refuse, and what a notification calls them. */
const refusable = {
  stopJob: 'stop',
  suspendJob: 'suspend',
  resumeJob: 'resume',
  approveJob: 'approve',
  rejectJob: 'reject',
} as const satisfies Record<(typeof wishCommands)[Wish], Wish>

const isRefusable = (command: Command): command is Command<keyof typeof refusable> =>
  Object.hasOwn(refusable, command.kind)

/** Carries out a command of a menu or a notification, which have no place for an answer: a notification tells it. */
export async function runUnanswered(
  command: Command,
  run: Run,
  notifier: Pick<Notifier, 'onWishFailed' | 'onMarkFailed'>,
): Promise<void> {
  if (command.kind === 'markMessagesRead') {
    const marked = await run(command)
    if (!marked.ok) notifier.onMarkFailed(command.serverId, marked.failure)
    return
  }
  if (!isRefusable(command)) {
    await run(command)
    return
  }
  const result = await run(command)
  if (!result.ok) notifier.onWishFailed(command.key, refusable[command.kind], result.failure)
}

/** The failures of a server as an answer; anything else is a fault of this app and is thrown on. */
const resultOf = (wish: () => Promise<void>): Promise<Result> =>
  readingOf(async () => {
    await wish()
    return {}
  })

type Refused = Extract<Result, { ok: false }>

/** What was read, or the server's failure as an answer. */
async function readingOf<Fields extends object>(
  read: () => Promise<Fields>,
): Promise<({ ok: true } & Fields) | Refused> {
  try {
    return { ok: true, ...(await read()) }
  } catch (error) {
    if (!(error instanceof WexflowError)) throw error
    return { ok: false, failure: error.failure }
  }
}
