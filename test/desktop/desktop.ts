import dbus, { type MessageBus } from 'dbus-native'
import { NotificationDaemon } from './notification-daemon.ts'
import { startSessionBus } from './session-bus.ts'
import { TrayHost } from './tray-host.ts'

/** A desktop of a test's own: a bus, and on it what shows notifications and tray icons. */
export interface Desktop {
  /** What an app needs in its environment to find this desktop. */
  readonly env: Readonly<Record<string, string>>
  readonly notifications: NotificationDaemon
  readonly tray: TrayHost
  close(): Promise<void>
}

/** Starts a desktop. Chromium looks for KDE's tray protocol where the desktop says that it is KDE. */
export async function startDesktop(): Promise<Desktop> {
  const sessionBus = await startSessionBus()
  const bus = connect(sessionBus.address)
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: sessionBus.address, XDG_CURRENT_DESKTOP: 'KDE' },
    notifications: await NotificationDaemon.open(bus),
    tray: await TrayHost.open(bus),
    close: async () => {
      await bus.close()
      await sessionBus.stop()
    },
  }
}

/** 64-bit numbers as numbers: no id here is that large. */
const connect = (busAddress: string): MessageBus => dbus.sessionBus({ busAddress, returnBigInt: false })
