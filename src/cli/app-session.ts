import { controlAddress } from '../main/control/control-address.ts'
import { reachApp } from '../main/control/control-client.ts'
import type { Translator } from '../shared/i18n.ts'
import { readyServers } from './choose.ts'
import type { Session } from './session.ts'
import type { Terminal } from './terminal.ts'

export interface AppSessionOptions {
  readonly terminal: Terminal
  readonly userData: string
  readonly translator: Translator
  /** The server as it was typed; null for all that the app is signed in to. */
  readonly server: string | null
}

/** The app that runs; null where none does. Rejects with a `Refusal` or a `ControlError`. */
export async function openAppSession(options: AppSessionOptions): Promise<Session | null> {
  const { terminal, userData, translator, server } = options
  const { platform, env, interrupted } = terminal
  const address = await controlAddress({ platform, env, userData })
  const control = address === null ? null : await reachApp(address, platform)
  if (control === null) return null
  return {
    control,
    servers: await readyServers(control, server, translator.t, interrupted),
    // It follows them all the time.
    jobsKnown: async () => {},
    close: async () => {},
  }
}
