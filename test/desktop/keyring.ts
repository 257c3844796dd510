import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import dbus from 'dbus-native'
import { type Daemon, startDaemon } from './daemon.ts'
import { patienceMs } from './waiting.ts'

/** A desktop's keychain, unlocked and empty at first. */
export interface Keyring {
  /** What makes Electron use it, whatever desktop it takes this one for. */
  readonly args: readonly string[]
  /** It ends, and keeps what it holds, as before a login. */
  leave(): Promise<void>
  /** It starts again, unlocked by the login or not. */
  comeBack(how: 'locked' | 'unlocked'): Promise<void>
  stop(): Promise<void>
}

const secretsName = 'org.freedesktop.secrets'
const lookEveryMs = 20
const daemonArguments = ['--foreground', '--components=secrets']

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
  let daemon: Daemon | null = null
  const leave = async (): Promise<void> => {
    await daemon?.stop()
    daemon = null
  }
  const comeBack = async (how: 'locked' | 'unlocked'): Promise<void> => {
    await leave()
    const unlock = how === 'unlocked' ? ['--unlock'] : []
    const input = how === 'unlocked' ? { input: 'a keyring of tests' } : {}
    daemon = startDaemon('gnome-keyring-daemon', [...daemonArguments, ...unlock], { env, ...input })
    await untilOwned(busAddress, secretsName)
  }
  await comeBack('unlocked')
  return {
    args: ['--password-store=gnome-libsecret'],
    leave,
    comeBack,
    stop: async () => {
      await leave()
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
