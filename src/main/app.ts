import type { Run } from '../shared/commands.ts'
import type { JobStore } from './job-store/store.ts'
import type { UsualTimes } from './job-store/usual-times.ts'
import { type Opening, openTray, type Shown } from './composition/opening.ts'
import type { ToldRecord } from './notify/told-record.ts'
import { makeParts, type Parts } from './composition/parts.ts'
import { within } from './platform/within.ts'
import type { Ports } from './composition/ports.ts'
import type { Servers } from './servers/servers.ts'
import type { AppStore } from './settings/app-store.ts'
import type { AppModel } from './state/app-model.ts'
import type { TrayFront } from './tray/front.ts'
import { tellBroken } from './tray/tell-broken.ts'
import type { Updates } from './updates/updates.ts'
import { watchAttention } from './window/attention.ts'
import { feedWindow } from './window/feed.ts'

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

/** Milliseconds that the end of the app waits for the keychain at most. */
const sealWithinMs = 500

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
