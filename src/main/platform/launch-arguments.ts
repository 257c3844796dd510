import { isFirstWord } from '../../cli/first-words.ts'
import type { Command } from '../../shared/commands.ts'

/** Given to the app by the system when the person logs in. */
export const hiddenArgument = '--hidden'

/** Given to the app by itself: what stands after it and `--` are the words of a command line. */
export const commandLineArgument = '--command-line'

/**
 * The words of a command line that the installed app was called with; null where it is to run as the app. What comes with a
 * deep link is never one: whoever made the link may have smuggled in what looks like more arguments.
 * @param argv what the process was started with, its executable first
 */
export function commandLineIn(argv: readonly string[]): readonly string[] | null {
  if (deepLinkIn(argv) !== null) return null
  const at = argv.indexOf(commandLineArgument)
  if (at !== -1) return argv.slice(at + 2)
  // Chromium wants root to say this, and says why where it is missing.
  const words = argv.slice(1).filter((word, index) => index > 0 || word !== '--no-sandbox')
  return isFirstWord(words[0] ?? '') ? words : null
}

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
