import type { Command } from '../../shared/commands.ts'

/** Given to the app by the system when the person logs in. */
export const hiddenArgument = '--hidden'

/**
 * What a start of the app asks of one that runs already; null for nothing. Chromium adds arguments of its own and
 * changes their order.
 */
export const commandOf = (launchArguments: readonly string[]): Command | null =>
  launchArguments.includes(hiddenArgument) ? null : { kind: 'showWindow' }
