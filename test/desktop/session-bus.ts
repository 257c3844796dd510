import path from 'node:path'
import { startDaemon } from './daemon.ts'

/** A D-Bus session bus that nobody else is on, so that tests neither reach nor disturb a person's desktop. */
export interface SessionBus {
  /** What `DBUS_SESSION_BUS_ADDRESS` takes. */
  readonly address: string
  stop(): Promise<void>
}

const config = path.join(import.meta.dirname, 'session-bus.conf')

/** Starts a bus daemon. Rejects where `dbus-daemon` can't be started. */
export async function startSessionBus(): Promise<SessionBus> {
  const daemonArguments = [`--config-file=${config}`, '--nofork', '--print-address=1']
  const { firstLine, stop } = startDaemon('dbus-daemon', daemonArguments)
  return { address: await firstLine(), stop }
}
