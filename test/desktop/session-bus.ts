import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A D-Bus session bus that nobody else is on, so that tests neither reach nor disturb a person's desktop. */
export interface SessionBus {
  /** What `DBUS_SESSION_BUS_ADDRESS` takes. */
  readonly address: string
  stop(): Promise<void>
}

/** Starts a bus daemon. Rejects where `dbus-daemon` can't be started. */
export async function startSessionBus(): Promise<SessionBus> {
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface(daemon.stdout)
  const failed = once(daemon, 'exit').then(([code]) => {
    throw new Error(`dbus-daemon ended with ${String(code)} before it said its address`)
  })
  const [address] = await Promise.race([once(lines, 'line'), failed])
  failed.catch(() => {})
  return {
    address: String(address),
    stop: async () => {
      if (daemon.exitCode !== null) return
      const ended = once(daemon, 'exit')
      daemon.kill()
      await ended
    },
  }
}
