import type { Command } from '../../shared/commands.ts'

/** Given to the app by the system when the person logs in. */
export const hiddenArgument = '--hidden'

/** The deep link that the system starts the app with; null where there is none. */
export function deepLinkIn(launchArguments: readonly string[]): Command<'openDeepLink'> | null {
  const address = launchArguments.find((argument) => /^wexflow-tray:/iu.test(argument))
  return address === undefined ? null : { kind: 'openDeepLink', address }
}

/**
 * What a start of the app asks of one that runs already; null for nothing. Chromium adds arguments of its own and
 * changes their order.
 */
export function commandOf(launchArguments: readonly string[]): Command | null {
  const link = deepLinkIn(launchArguments)
  if (link !== null) return link
  return launchArguments.includes(hiddenArgument) ? null : { kind: 'showWindow' }
}
