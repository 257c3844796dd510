import type { Command } from '../../shared/commands.ts'
import { saidServer } from '../../shared/followed.ts'
import { wishCommands } from '../../shared/wish.ts'
import { commandRunner, runUnanswered } from '../commands.ts'
import { HandOn, type HandOnOptions } from '../hand-on/hand-on.ts'
import { programQuestion } from '../hand-on/program-question.ts'
import { Targets, type TargetsOptions } from '../hand-on/targets.ts'
import { JobStore } from '../job-store/store.ts'
import { UsualTimes } from '../job-store/usual-times.ts'
import { Dialer, systemNetwork } from '../network/dialer.ts'
import type { HandOnFailures } from '../notify/hand-on-failures.ts'
import { Notifier } from '../notify/notifier.ts'
import { QuietTimer } from '../notify/quiet-timer.ts'
import { ToldRecord } from '../notify/told-record.ts'
import { desktopKind } from '../platform/desktop-kind.ts'
import { Passwords, type SealedPasswords } from '../platform/passwords.ts'
import { ServerAccess, type Wire, wireOver } from '../servers/access.ts'
import { Secrets } from '../servers/secrets.ts'
import { Servers, type ServersOptions } from '../servers/servers.ts'
import { lastSent, type SentOf } from '../servers/taken-variables.ts'
import type { AppStore } from '../settings/app-store.ts'
import { viewOf } from '../tracking/job-view.ts'
import { Updates } from '../updates/updates.ts'
import { UndiciTransport } from '../wexflow/transport.ts'
import { requestHandlers } from '../window/requests.ts'
import { Shortcut } from '../window/shortcut.ts'
import type { Shown } from './opening.ts'
import type { Ports } from './ports.ts'

export type Parts = Awaited<ReturnType<typeof makeParts>>

/**
 * Makes every part of the app and joins each with those that it needs: records, what tells and hands on, servers, window,
 * commands. What a part calls of one that is made after it is called only once `begin` (app.ts) has set them going.
 */
export async function makeParts(ports: Ports, shown: Shown) {
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
  const readLog = async (key: string): Promise<void> => servers.ofJob(key).logKnown(key)
  const { targets, handOn } = makeHandOn(ports, shown, {
    store: jobStore,
    told,
    addresses: sealedTexts,
    transport: toTargets,
    readLog,
    failures: () => notifier.handOnFailures,
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
  const servers = makeServers(ports, shown, {
    wire: ports.wire ?? wireOver(network),
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
    told,
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

/** What goes with connections, and the addresses of targets, are sealed as passwords are, in a place of their own. */
const sealedSecrets = (appStore: AppStore): SealedPasswords => ({
  sealedPassword: (profileId) => appStore.sealedSecrets(profileId),
  saveSealedPassword: (profileId, sealed) => appStore.saveSealedSecrets(profileId, sealed),
})

/** The targets that ends are handed on to, and what hands them on. `failures`: what tells of those that failed. */
function makeHandOn(
  { redactor, desktop, log }: Pick<Ports, 'redactor' | 'desktop' | 'log'>,
  { speech, model, appStore }: Shown,
  parts: Pick<TargetsOptions, 'addresses' | 'transport'> &
    Pick<HandOnOptions, 'store' | 'told' | 'readLog'> & { readonly failures: () => HandOnFailures },
): { readonly targets: Targets; readonly handOn: HandOn } {
  const { addresses, transport, store, told, readLog, failures } = parts
  const targets = new Targets({
    appStore,
    addresses,
    redactor,
    transport,
    texts: () => speech.texts,
    mayRun: (target) => desktop.confirm(programQuestion(target, speech.texts)),
    onWorks: (id) => failures().onWorks(id),
  })
  const handOn = new HandOn({
    store,
    told,
    settings: () => appStore.settings,
    naming: () => ({
      texts: speech.texts,
      serverOf: (serverId) => saidServer(model.state, serverId, speech.texts.t),
      nameOf: (serverId) => model.state.servers.find(({ id }) => id === serverId)?.name ?? null,
    }),
    readLog,
    targets,
    isFailing: (id) => failures().isFailing(id),
    onFailed: (target, workflow, failure) => failures().onFailed(target, workflow, failure),
    log,
  })
  return { targets, handOn }
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
