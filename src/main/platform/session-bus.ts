import type { MessageBus } from 'dbus-native'

/**
 * Connects to the session's bus, loading the D-Bus library. Rejects where no bus is known; where nobody answers there,
 * the first call rejects.
 * @param onLost called, perhaps twice, when the connection is over: calls under way are rejected then
 * @param busAddress as `DBUS_SESSION_BUS_ADDRESS` has it; the session's own by default
 */
export async function connectSessionBus(
  onLost: (cause: unknown) => void,
  busAddress = sessionBusAddress(process.env),
): Promise<MessageBus> {
  const { default: dbus } = await import('dbus-native')
  const bus = dbus.sessionBus({ busAddress })
  // Without a listener a lost bus would be an uncaught error.
  bus.connection.on('error', onLost)
  bus.connection.on('close', onLost)
  return bus
}

/** Where systemd runs the bus, its place is known without being told. */
const sessionBusAddress = (env: NodeJS.ProcessEnv): string =>
  env['DBUS_SESSION_BUS_ADDRESS'] || `unix:path=${env['XDG_RUNTIME_DIR'] ?? ''}/bus`
