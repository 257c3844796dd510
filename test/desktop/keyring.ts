import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import dbus from 'dbus-native'
import { startDaemon } from './daemon.ts'
import { patienceMs } from './waiting.ts'

/** A desktop's keychain, unlocked and empty. */
export interface Keyring {
  /** What makes Electron use it, whatever desktop it takes this one for. */
  readonly args: readonly string[]
  stop(): Promise<void>
}

const secretsName = 'org.freedesktop.secrets'
const lookEveryMs = 20

/**
 * Starts GNOME's keyring on a bus, with a folder of its own. Rejects where `gnome-keyring-daemon` can't be started.
 * @param busAddress of a bus that nobody else is on
 */
export async function startKeyring(busAddress: string): Promise<Keyring> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-keyring-'))
  const env = {
    ...process.env,
    DBUS_SESSION_BUS_ADDRESS: busAddress,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_RUNTIME_DIR: folder,
  }
  const daemonArguments = ['--foreground', '--unlock', '--components=secrets']
  const daemon = startDaemon('gnome-keyring-daemon', daemonArguments, { env, input: 'a keyring of tests' })
  await untilOwned(busAddress, secretsName)
  return {
    args: ['--password-store=gnome-libsecret'],
    stop: async () => {
      await daemon.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilOwned(busAddress: string, name: string): Promise<void> {
  const bus = dbus.sessionBus({ busAddress })
  const deadline = performance.now() + patienceMs
  while (!(await bus.nameHasOwner(name))) {
    if (performance.now() > deadline) throw new Error(`nobody on the bus is called ${name}`)
    await pause(lookEveryMs)
  }
  await bus.close()
}
