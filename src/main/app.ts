import type { Command, Run } from '../shared/commands.ts'
import { createTranslator, type Translator } from '../shared/i18n.ts'
import type { JobView } from '../shared/job-view.ts'
import { commandRunner, type Desktop, runUnanswered } from './commands.ts'
import type { JournalFile } from './job-store/journal-file.ts'
import { JobStore } from './job-store/store.ts'
import { Notifier } from './notify/notifier.ts'
import { ToldRecord } from './notify/told-record.ts'
import type { Toaster } from './notify/toaster.ts'
import type { Machine } from './platform/diagnostics.ts'
import type { Keychain } from './platform/keychain.ts'
import type { LogFile } from './platform/log-file.ts'
import { Passwords } from './platform/passwords.ts'
import type { Redactor } from './platform/redaction.ts'
import { ServerAccess, type Wire } from './servers/access.ts'
import { firstServers, Servers } from './servers/servers.ts'
import { AppStore } from './settings/app-store.ts'
import type { SettingsFile } from './settings/settings-file.ts'
import { AppModel } from './state/app-model.ts'
import { FileNotices } from './state/file-notices.ts'
import { viewOf } from './tracking/job-view.ts'
import { type MakeTray, TrayFront } from './tray/front.ts'
import { brokenPicture, trayPicture } from './tray/picture.ts'
import { watchAttention } from './window/attention.ts'
import { feedWindow } from './window/feed.ts'
import { requestHandlers } from './window/requests.ts'
import type { AppWindow, AppWindowOptions } from './window/window.ts'

/** What the app is built on: Electron's in the app, a person's desktop in memory in the tests. */
export interface Ports {
  readonly files: {
    readonly settings: SettingsFile
    readonly jobs: JournalFile
    /** What was told of each job's end. */
    readonly told: JournalFile
  }
  readonly keychain: () => Keychain
  readonly log: Pick<LogFile, 'error' | 'warn' | 'info' | 'debug' | 'open' | 'path' | 'tail'>
  readonly redactor: Redactor
  readonly machine: Machine & {
    /** BCP 47 tags, the most wanted first. */
    readonly languages: readonly string[]
    /** A text that changes when the machine's network does. */
    readonly networkFingerprint: () => string
  }
  /** The way to a server. */
  readonly wire: Wire
  /** @param clickLabel what a desktop that shows it calls the click on a notification */
  readonly toaster: (clickLabel: string) => Toaster
  readonly tray: MakeTray
  readonly window: (
    options: Pick<AppWindowOptions, 'memory' | 't'>,
  ) => Pick<AppWindow, 'isOpen' | 'isFocused' | 'onFocus' | 'show' | 'send' | 'serve'>
  readonly desktop: Desktop & {
    /** Shows that the app could not be built; resolves when that was read. */
    tellFailure(text: { readonly title: string; readonly body: string; readonly quit: string }): Promise<void>
  }
}

/** The app while it runs. */
export interface App {
  readonly run: Run
  readonly model: AppModel
  readonly appStore: AppStore
  readonly jobStore: JobStore
  readonly told: ToldRecord
  readonly servers: Servers
  /** Finishes what must not be lost: the app is about to end. */
  readonly close: () => Promise<void>
}

/** The tray does not wait for the jobs to be read. */
const noJobs = (): readonly JobView[] => []

/**
 * Builds the app and goes on where it ended: the tray first, then the rest. Null where it could not be built: the
 * person was told so then, and can quit.
 */
export async function createApp(ports: Ports): Promise<App | null> {
  const texts = createTranslator(ports.machine.languages)
  const tray = new TrayFront(ports.tray, () => ports.desktop.quit())
  try {
    return await build(ports, texts, tray)
  } catch (error) {
    await tellFailure(error, ports, texts, tray)
    return null
  }
}

async function build(ports: Ports, { t, locale }: Translator, tray: TrayFront): Promise<App> {
  const { files, keychain, log, redactor, machine, wire, desktop } = ports
  const model = new AppModel()
  const fileNotices = new FileNotices(model)
  const appStore = new AppStore({ file: files.settings, onProblem: fileNotices.onSettingsProblem })
  const first = firstServers(appStore)
  model.setServers(first.servers, first.shownId)
  let listJobs = noJobs
  await tray.show(() =>
    trayPicture({ state: model.state, jobs: listJobs(), unseen: model.unseen.size, t, locale }),
  )

  await log.open()
  const told = await ToldRecord.open({
    file: files.told,
    jobsFile: files.jobs,
    onProblem: fileNotices.onToldProblem,
  })
  const jobStore = await JobStore.open({
    file: files.jobs,
    keep: () => appStore.settings.keepJobs,
    mayForget: (job) => told.isSettled(viewOf(job)),
    onProblem: fileNotices.onJobsProblem,
  })
  listJobs = () => jobStore.list().map(viewOf)

  const notifier = new Notifier({
    toaster: ports.toaster(t('tray.showJob')),
    store: jobStore,
    told,
    model,
    log,
    t,
    locale,
    settings: () => appStore.settings,
    readLog: async (key) => servers.ofJob(key).logKnown(key),
    onClick: (command) => act(command),
    onDecision: (key, decision) => act({ kind: `${decision}Job`, key }),
  })
  const passwords = new Passwords(keychain(), appStore)
  const servers = new Servers({
    access: new ServerAccess({ passwords, redactor, wire, log }),
    passwords,
    appStore,
    store: jobStore,
    model,
    listener: notifier,
    favourites: (serverId) => appStore.favourites(serverId),
    networkFingerprint: machine.networkFingerprint,
    log,
  })

  const window = ports.window({ memory: appStore, t })
  const run = commandRunner({
    servers,
    model,
    appStore,
    jobStore,
    window,
    onLookedAt: (key) => notifier.onLookedAt(key),
    desktop,
    logFile: log,
    redactor,
    machine,
  })
  const act = (command: Command): void => void runUnanswered(command, run, notifier)
  window.serve(requestHandlers({ run, model, jobStore, told, appStore, version: machine.appVersion }))

  model.onChange(() => tray.render())
  model.onChange(() => notifier.onNotices(model.state.notices))
  jobStore.onChange(() => tray.render())
  feedWindow({ window, model, jobStore, told })
  watchAttention({
    window,
    model,
    view: () => appStore.view,
    onLookedAt: (key) => notifier.onLookedAt(key),
  })
  tray.watchHost((isPresent) => notifier.onTrayHost(isPresent))

  notifier.gatherUntold()
  if (!servers.resume()) window.show('connect', null)
  // What was chosen meanwhile is what the person wants to see.
  tray.begin(act)
  const close = async (): Promise<void> => {
    tray.destroy()
    await notifier.flush()
    servers.close()
    await Promise.all([jobStore.flush(), appStore.flush()])
  }
  return { run, model, appStore, jobStore, told, servers, close }
}

/** What went wrong is in the log file and on the screen before anything else happens. */
async function tellFailure(
  fault: unknown,
  { log, desktop }: Ports,
  { t }: Translator,
  tray: TrayFront,
): Promise<void> {
  log.error('the app could not be built', fault)
  await log.open()
  const isInTray = await succeeds(() => tray.show(() => brokenPicture(t)))
  const text = {
    title: t('broken.title'),
    body: t('broken.text', { path: log.path }),
    quit: t('tray.quit'),
  }
  void quitOnceRead(() => desktop.tellFailure(text), isInTray, desktop)
}

/** Who has read it has nothing else to do here. Where the desktop can't show it, the menu says it. */
async function quitOnceRead(
  read: () => Promise<void>,
  isInTray: boolean,
  desktop: Pick<Desktop, 'quit'>,
): Promise<void> {
  const isRead = await succeeds(read)
  if (isRead || !isInTray) desktop.quit()
}

async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch {
    return false
  }
}
