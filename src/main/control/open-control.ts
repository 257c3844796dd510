import type { App } from '../app.ts'
import { type ControlAddressOptions, forgetControlAddress, newControlAddress } from './control-address.ts'
import { controlOf } from './control.ts'
import { type ControlSocket, type ControlSocketOptions, openControlSocket } from './control-socket.ts'

type Options = ControlAddressOptions & Pick<ControlSocketOptions, 'log'>

/** Lets the command line ask this app. Null where it can't listen: a command line signs in by itself then. */
export async function openControl(app: App, options: Options): Promise<ControlSocket | null> {
  const address = await newControlAddress(options)
  if (address === null) return null
  const { platform, log } = options
  const socket = await openControlSocket({ control: controlOf(app), address, platform, log })
  return (
    socket && {
      close: async () => {
        await socket.close()
        await forgetControlAddress(options)
      },
    }
  )
}
