/** The composition root: builds the app's objects and joins them. Read it first. */
import { networkInterfaces, release } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import {
  app,
  clipboard,
  ipcMain,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session as electronSession,
  shell,
} from 'electron'
import { createTranslator } from '../shared/i18n.ts'
import type { JobView } from '../shared/job-view.ts'
import { Account, firstSignInState } from './account.ts'
import { AppModel } from './app-model.ts'
import { Commands } from './commands.ts'
import { FileNotices } from './file-notices.ts'
import { DiskJournalFile } from './job-store/journal-file.ts'
import { JobStore } from './job-store/store.ts'
import { DBusToaster } from './notify/dbus-toaster.ts'
import { ElectronToaster } from './notify/electron-toaster.ts'
import { Notifier } from './notify/notifier.ts'
import { ToldRecord } from './notify/told-record.ts'
import { createKeychain } from './platform/keychain.ts'
import { LogFile } from './platform/log-file.ts'
import { giveMemoryBack } from './platform/memory.ts'
import { addressFingerprint } from './platform/network-addresses.ts'
import { Passwords } from './platform/passwords.ts'
import { onWake } from './platform/power.ts'
import { Redactor } from './platform/redaction.ts'
import { requestLock } from './platform/single-instance.ts'
import { watchTrayHost } from './platform/tray-host.ts'
import { finishBeforeQuit } from './quit.ts'
import { ServerAccess } from './server-access.ts'
import { Session } from './session.ts'
import { AppStore } from './settings/app-store.ts'
import { ElectronSettingsFile } from './settings/settings-file.ts'
import { viewOf } from './tracking/job-view.ts'
import { perform } from './tray/perform.ts'
import { trayPicture } from './tray/picture.ts'
import { AppTray } from './tray/tray.ts'
import { UndiciTransport } from './wexflow/transport.ts'
import { watchAttention } from './window/attention.ts'
import { feedWindow } from './window/feed.ts'
import { answerRequests } from './window/ipc.ts'
import { applicationMenu } from './window/menu.ts'
import { appScheme, servePages } from './window/protocol.ts'
import { requestHandlers } from './window/requests.ts'
import { restrictPages, restrictSession } from './window/security.ts'
import { AppWindow } from './window/window.ts'

const { platform } = process
const built = join(import.meta.dirname, '..')
const assets = join(built, '../assets')
const linuxIcon = join(assets, 'app/linux/256x256.png')
const redactor = new Redactor()
const log = new LogFile({ folder: app.getPath('logs'), level: 'info', redactor })
const model = new AppModel()
/**
 * Until Chromium has made the icon known to the desktop, in several rounds that each need this thread: whoever builds
 * the rest at once keeps the person waiting for it, by 80 ms on Linux.
 */
const trayTakesMs = 50
/** After a start, and after a window was closed, nothing goes on any more by then. */
const untilIdleMs = 5000
/** The tray does not wait for the disk. */
const noJobs = (): readonly JobView[] => []

process.on('uncaughtException', (error) => log.error('uncaught exception', error))
process.on('unhandledRejection', (reason) => log.error('unhandled rejection', reason))

if (requestLock(app.getPath('userData'), () => app.requestSingleInstanceLock())) run()
else app.exit()

/** What has to be said before Electron is ready. */
function run(): void {
  protocol.registerSchemesAsPrivileged([appScheme])
  // Every call to a server is Node's: Chromium's network only serves the pages, and needs no process of its own (10 MB).
  app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2')
  restrictPages(app, log)
  // Windows shows notifications of known apps only; the installer's shortcut has the same id.
  if (platform === 'win32') app.setAppUserModelId('org.wexflow.tray')
  if (platform === 'darwin') app.setActivationPolicy('accessory')
  const commands: Promise<Commands> = app.whenReady().then(() => start((act) => void commands.then(act)))
  // Even an app that could not be built says why.
  void commands
    .catch((error: unknown) => log.error('the app could not be built', error))
    .then(() => log.open())
  app.on('second-instance', () => void commands.then((wishes) => wishes.showWindow()))
  app.on('activate', () => void commands.then((wishes) => wishes.showWindow()))
  // Without a listener Electron would quit; the tray goes on.
  app.on('window-all-closed', () => setTimeout(giveMemoryBack, untilIdleMs))
}

/** Shows the tray first, then builds the rest. What is chosen in the tray meanwhile is done `later`. */
async function start(later: (act: (commands: Commands) => void) => void): Promise<Commands> {
  const { t, locale } = createTranslator(app.getPreferredSystemLanguages())
  const fileNotices = new FileNotices(model)
  const appStore = new AppStore({
    file: new ElectronSettingsFile(app.getPath('userData')),
    onProblem: fileNotices.onSettingsProblem,
  })
  model.update(firstSignInState(appStore))

  let listJobs = noJobs
  const tray = new AppTray({
    platform,
    iconFolder: join(assets, 'tray'),
    picture: () =>
      trayPicture({ state: model.state, jobs: listJobs(), unseen: model.unseen.size, t, locale }),
    onCommand: (command) => later((commands) => void perform(command, commands, notifier)),
    onClick: () => later((commands) => commands.showWindow()),
    onOpen: () => later((commands) => commands.refreshWorkflows()),
  })

  await pause(trayTakesMs)
  const jobsFile = new DiskJournalFile(join(app.getPath('userData'), 'jobs.ndjson'))
  const told = await ToldRecord.open({
    file: new DiskJournalFile(join(app.getPath('userData'), 'told.ndjson')),
    jobsFile,
    onProblem: fileNotices.onToldProblem,
  })
  const jobStore = await JobStore.open({
    file: jobsFile,
    keep: () => appStore.settings.keepJobs,
    mayForget: (job) => told.isSettled(viewOf(job)),
    onProblem: fileNotices.onJobsProblem,
  })
  listJobs = () => jobStore.list().map(viewOf)

  const notifier = new Notifier({
    toaster:
      platform === 'linux'
        ? new DBusToaster({
            clickLabel: t('tray.showJob'),
            icon: app.isPackaged ? 'wexflow-tray' : pathToFileURL(linuxIcon).href,
          })
        : new ElectronToaster(platform),
    store: jobStore,
    told,
    model,
    log,
    t,
    locale,
    settings: () => appStore.settings,
    readLog: (key) => session.logKnown(key),
    onClick: ({ page, key }) => commands.show(page, key),
  })
  const session = new Session({
    store: jobStore,
    model,
    listener: notifier,
    favourites: (profileId) => appStore.favourites(profileId),
    networkFingerprint: () => addressFingerprint(networkInterfaces()),
    log,
  })
  const passwords = new Passwords(createKeychain(safeStorage, platform), appStore)
  const access = new ServerAccess({ passwords, redactor, newTransport: () => new UndiciTransport() })
  const account = new Account({ access, passwords, appStore, model, session })

  const window = new AppWindow({
    app,
    screen,
    nativeTheme,
    memory: appStore,
    log,
    title: t('app.name'),
    preload: join(built, 'preload/index.cjs'),
    icon: platform === 'win32' ? join(assets, 'app/icon.ico') : linuxIcon,
    menu: () => applicationMenu(platform, t('app.name'), t),
  })
  const commands = new Commands({
    account,
    session,
    model,
    appStore,
    jobStore,
    window,
    desktop: {
      openFile: (path) => shell.openPath(path),
      copyText: (text) => clipboard.writeText(text),
      quit: () => app.quit(),
    },
    logFile: log,
    redactor,
    machine: { appVersion: app.getVersion(), process, osRelease: release() },
  })

  restrictSession(electronSession.defaultSession)
  servePages(protocol, join(built, 'renderer'))
  const handlers = requestHandlers({ commands, model, jobStore, appStore, version: app.getVersion() })
  answerRequests(ipcMain, handlers, log)

  model.onChange(() => tray.render())
  model.onChange(() => notifier.onNotices(model.state.notices))
  jobStore.onChange(() => tray.render())
  feedWindow({ window, model, jobStore })
  watchAttention(window, model, () => appStore.view)
  onWake(powerMonitor, () => session.tracker?.wake())
  void watchTrayHost({
    platform,
    onChange: (isPresent) => notifier.onTrayHost(isPresent),
    onComing: () => tray.remake(),
    log,
  })
  const finish = async (): Promise<void> => {
    tray.destroy()
    await notifier.flush()
    session.close()
    await Promise.all([jobStore.flush(), appStore.flush()])
  }
  finishBeforeQuit(app, finish, log)

  notifier.gatherUntold()
  commands.resume()
  setTimeout(giveMemoryBack, untilIdleMs)
  return commands
}
