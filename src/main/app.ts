import type { Command, Run } from '../shared/commands.ts'
import { saidServer } from '../shared/followed.ts'
import { wishCommands } from '../shared/wish.ts'
import { commandRunner, runUnanswered } from './commands.ts'
import { HandOn } from './hand-on/hand-on.ts'
import { programQuestion } from './hand-on/program-question.ts'
import { Targets } from './hand-on/targets.ts'
import { JobStore } from './job-store/store.ts'
import { UsualTimes } from './job-store/usual-times.ts'
import { Notifier } from './notify/notifier.ts'
import { QuietTimer } from './notify/quiet-timer.ts'
import { type Opening, openTray, type Shown } from './opening.ts'
import { ToldRecord } from './notify/told-record.ts'
import { within } from './platform/within.ts'
import { desktopKind } from './platform/desktop-kind.ts'
import { Passwords, type SealedPasswords } from './platform/passwords.ts'
import type { Ports } from './ports.ts'
import { Dialer, systemNetwork } from './network/dialer.ts'
import { ServerAccess, type Wire, wireOver } from './servers/access.ts'
import { Secrets } from './servers/secrets.ts'
import { Servers, type ServersOptions } from './servers/servers.ts'
import { lastSent, type SentOf } from './servers/taken-variables.ts'
import type { AppStore } from './settings/app-store.ts'
import { UndiciTransport } from './wexflow/transport.ts'
import type { AppModel } from './state/app-model.ts'
import { viewOf } from './tracking/job-view.ts'
import type { TrayFront } from './tray/front.ts'
import { tellBroken } from './tray/tell-broken.ts'
import { Updates } from './updates/updates.ts'
import { watchAttention } from './window/attention.ts'
import { feedWindow } from './window/feed.ts'
import { requestHandlers } from './window/requests.ts'
import { Shortcut } from './window/shortcut.ts'

/** The app while it runs. */
export interface App {
  readonly run: Run
  readonly model: AppModel
  readonly appStore: AppStore
  readonly jobStore: JobStore
  readonly told: ToldRecord
  readonly usual: UsualTimes
  readonly servers: Servers
  readonly updates: Pick<Updates, 'holdBack'>
  /** The machine has woken: connections may be dead, and timers have stood still. */
  readonly wake: () => void
  /** Finishes what must not be lost: the app is about to end. */
  readonly close: () => Promise<void>
}

/**
 * Builds the app behind its tray and goes on where it ended. Null where it could not be built: the person was told so
 * then, and can quit.
 */
export async function createApp(ports: Ports, opening = openTray(ports)): Promise<App | null> {
  try {
    return await build(ports, opening, await opening.shown)
  } catch (error) {
    await tellBroken(error, ports, opening)
    return null
  }
}

/** What goes with connections, and the addresses of targets, are sealed as passwords are, in a place of their own. */
const sealedSecrets = (appStore: AppStore): SealedPasswords => ({
  sealedPassword: (profileId) => appStore.sealedSecrets(profileId),
  saveSealedPassword: (profileId, sealed) => appStore.saveSealedSecrets(profileId, sealed),
})

/** Milliseconds that the end of the app waits for the keychain at most. */
const sealWithinMs = 500

/** What outlives a restart beside the settings: the jobs, what was told of them, and how long workflows usually take. */
async function openRecords({ files, log }: Pick<Ports, 'files' | 'log'>, { appStore, fileNotices }: Shown) {
  const told = await ToldRecord.open({
    file: files.told,
    jobsFile: files.jobs,
    onProblem: fileNotices.onToldProblem,
  })
  const jobStore = await JobStore.open({
    file: files.jobs,
    keep: () => appStore.settings.keepJobs,
    mayForget: (job) => told.isSettled(viewOf(job)) && !told.isHandOnPending(job.key),
    onProblem: fileNotices.onJobsProblem,
  })
  const usual = await UsualTimes.open({
    file: files.usual,
    // Nobody need be told: it is gathered anew.
    onProblem: (problem) => log.warn('the file of usual times', problem),
  })
  usual.note(jobStore.all().map(viewOf))
  jobStore.onChange(({ changed }) => usual.note(changed.map(viewOf)))
  return { told, jobStore, usual }
}

async function build(ports: Ports, { tray }: Opening, shown: Shown): Promise<App> {
  const parts = await makeParts(ports, shown)
  connect(parts, shown, tray)
  begin(parts, tray)
  const { run, model, appStore, jobStore, told, usual, servers, updates, quiet, notifier } = parts
  const wake = (): void => {
    notifier.onWake()
    quiet.check()
    servers.wake()
  }
  const closeAll = (): Promise<void> => close(parts, tray)
  return { run, model, appStore, jobStore, told, usual, servers, updates, wake, close: closeAll }
}

type Parts = Awaited<ReturnType<typeof makeParts>>

/** Makes every part of the app. What a part calls of one that is made after it is called only once `begin` has set them going. */
async function makeParts(ports: Ports, shown: Shown) {
  const { keychain, log, redactor, machine, desktop, startAtLogin, resolveProxy } = ports
  const network = systemNetwork(resolveProxy)
  const { speech, model, appStore } = shown
  await log.open()
  const { told, jobStore, usual } = await openRecords(ports, shown)
  shown.listJobs = () => jobStore.list().map(viewOf)
  shown.usualDurations = usual.durations

  const quiet = new QuietTimer({
    wishes: () => ({ mutedUntil: appStore.mutedUntil, quietHours: appStore.settings.quietHours }),
    onCheck: (now) => {
      model.setQuiet(now)
      if (now === null) notifier.onQuietOver()
    },
  })
  const ownKeychain = keychain()
  const sealedTexts = new Passwords(ownKeychain, sealedSecrets(appStore))
  const toTargets = new UndiciTransport(new Dialer(network))
  const targets = new Targets({
    appStore,
    addresses: sealedTexts,
    redactor,
    transport: toTargets,
    texts: () => speech.texts,
    mayRun: (target) => ports.desktop.confirm(programQuestion(target, speech.texts)),
    onWorks: (id) => notifier.handOnFailures.onWorks(id),
  })
  const readLog = async (key: string): Promise<void> => servers.ofJob(key).logKnown(key)
  const handOn = new HandOn({
    store: jobStore,
    told,
    settings: () => appStore.settings,
    naming: () => ({
      texts: speech.texts,
      serverOf: (serverId) => saidServer(model.state, serverId, speech.texts.t),
      nameOf: (serverId) => model.state.servers.find(({ id }) => id === serverId)?.name ?? null,
    }),
    readLog,
    targets,
    isFailing: (id) => notifier.handOnFailures.isFailing(id),
    onFailed: (target, workflow, failure) => notifier.handOnFailures.onFailed(target, workflow, failure),
    log,
  })
  const toaster = await ports.toaster(() => speech.texts.t('tray.showJob'))
  const notifier = new Notifier({
    toaster,
    store: jobStore,
    told,
    model,
    log,
    texts: () => speech.texts,
    settings: () => appStore.settings,
    isQuiet: () => quiet.isQuiet,
    readLog,
    shownKey: () => (window.isFocused && appStore.view.page === 'jobs' ? appStore.view.selectedKey : null),
    onClick: (command) => act(command),
    toldMessages: appStore,
    handOn,
    onMarkRead: (serverId, ids) => act({ kind: 'markMessagesRead', serverId, ids: [...ids] }),
    usual,
    onRunAgain: (key) => act({ kind: 'runAgain', key }),
    onWish: (key, wish) => act({ kind: wishCommands[wish], key }),
  })
  const passwords = new Passwords(ownKeychain, appStore)
  const sentOf: SentOf = (profileId, workflowId) =>
    lastSent(
      jobStore.index.ofWorkflow(profileId, workflowId),
      appStore.rememberedVariables(profileId, workflowId),
    )
  const wire = ports.wire ?? wireOver(network)
  const servers = makeServers(ports, shown, {
    wire,
    passwords,
    secrets: new Secrets(sealedTexts),
    store: jobStore,
    usual,
    listener: notifier,
    lastSent: sentOf,
  })

  const updates = new Updates({
    way: ports.updates,
    isWanted: () => appStore.settings.lookForUpdates,
    model,
    log,
  })
  const window = await ports.window({ memory: appStore, speech })
  const shortcut = new Shortcut({
    register: (accelerator) => desktop.setShortcut(accelerator, () => act({ kind: 'findWorkflow' })),
    log,
  })
  const run = commandRunner({
    lastSent: sentOf,
    servers,
    model,
    appStore,
    jobStore,
    onMute: () => quiet.check(),
    window,
    onLookedAt: (key) => notifier.onLookedAt(key),
    testNotification: (sound) => notifier.test(sound),
    shortcut,
    desktop,
    startAtLogin,
    updates,
    targets,
    logFile: log,
    redactor,
    machine,
  })
  const act = (command: Command): void => void runUnanswered(command, run, notifier)
  const { appVersion: version } = machine
  window.serve(
    requestHandlers({
      run,
      servers,
      model,
      jobStore,
      told,
      usual,
      appStore,
      version,
      licences: ports.licences,
      toaster,
      startAtLogin,
      updates,
      formats: machine.formats,
      desktop: desktopKind(machine.process),
    }),
  )
  return {
    run,
    act,
    model,
    appStore,
    jobStore,
    told,
    usual,
    servers,
    updates,
    quiet,
    notifier,
    handOn,
    window,
    shortcut,
    keychain: ownKeychain,
    passwords,
    sealedTexts,
    toTargets,
    startAtLogin,
  }
}

/** The servers, and the way to them. */
function makeServers(
  { redactor, machine, log }: Pick<Ports, 'redactor' | 'machine' | 'log'>,
  { model, appStore }: Shown,
  parts: Pick<ServersOptions, 'passwords' | 'secrets' | 'store' | 'usual' | 'listener' | 'lastSent'> & {
    readonly wire: Wire
  },
): Servers {
  const { wire, ...others } = parts
  const { passwords, secrets } = others
  return new Servers({
    ...others,
    access: new ServerAccess({
      passwords,
      connection: (profileId) => appStore.connection(profileId),
      secrets: (profileId) => secrets.read(profileId),
      redactor,
      wire,
      log,
    }),
    appStore,
    model,
    favourites: (serverId) => appStore.favourites(serverId),
    isDismissed: (serverId, jobId) => appStore.isDismissed(serverId, jobId),
    areMessagesWanted: () => appStore.settings.tellMessages,
    networkFingerprint: machine.networkFingerprint,
    log,
  })
}

/** Who hears of what. */
function connect(parts: Parts, { speech }: Shown, tray: TrayFront): void {
  const { model, appStore, jobStore, told, usual, servers, quiet, notifier, window, shortcut } = parts
  appStore.onSettings(({ language }) => void speech.speak(language))
  speech.onChange(() => tray.render())
  model.onChange(() => tray.render())
  model.onChange(() => notifier.onNotices(model.state.notices))
  jobStore.onChange(() => tray.render())
  feedWindow({ window, model, jobStore, told, usual })
  watchAttention({
    window,
    model,
    view: () => appStore.view,
    onLookedAt: (key) => notifier.onLookedAt(key),
  })
  tray.watchHost((isPresent) => notifier.onTrayHost(isPresent))
  parts.keychain.onChange(() => void servers.retryKeychain())
  appStore.onSettings(() => quiet.check())
  appStore.onSettings((settings) => shortcut.follow(settings))
  appStore.onSettings(() => parts.updates.begin())
}

/** Goes on where the app ended. */
function begin(parts: Parts, tray: TrayFront): void {
  parts.quiet.check()
  parts.shortcut.follow(parts.appStore.settings)
  parts.notifier.gatherUntold()
  parts.handOn.resume()
  if (!parts.servers.resume()) parts.window.show('connect', null)
  // What was chosen meanwhile is what the person wants to see.
  tray.begin(parts.act)
  void parts.startAtLogin.followMove()
  parts.updates.begin()
}

async function close(parts: Parts, tray: TrayFront): Promise<void> {
  const { appStore, jobStore, usual, passwords, sealedTexts } = parts
  const sealed = async (): Promise<void> => {
    await passwords.settled()
    await sealedTexts.settled()
  }
  const flushSettings = async (): Promise<void> => {
    await within(sealed(), sealWithinMs)
    await appStore.flush()
  }
  tray.destroy()
  parts.quiet.stop()
  parts.updates.stop()
  await parts.notifier.flush()
  parts.servers.close()
  await Promise.all([parts.handOn.close(), jobStore.flush(), usual.flush(), flushSettings()])
  parts.toTargets.close()
}
