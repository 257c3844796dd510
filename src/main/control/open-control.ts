import type { App } from '../app.ts'
import { controlAddress, type ControlAddressOptions } from './control-address.ts'
import { controlOf } from './control.ts'
import { type ControlSocket, type ControlSocketOptions, openControlSocket } from './control-socket.ts'

type Options = ControlAddressOptions & Pick<ControlSocketOptions, 'log'>

/** Lets the command line ask this app. Null where it can't listen: a command line signs in by itself then. */
export async function openControl(app: App, options: Options): Promise<ControlSocket | null> {
  const address = controlAddress(options)
  if (address === null) return null
  return openControlSocket({
    control: controlOf(app),
    address,
    platform: options.platform,
    log: options.log,
  })
}
