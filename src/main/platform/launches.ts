import type { Command } from '../../shared/commands.ts'
import { commandOf, deepLinkIn } from './launch-arguments.ts'

/** The part of Electron's `app` that tells how the app was asked for. */
export interface LaunchedApp {
  on(event: 'second-instance', listener: (event: unknown, launchArguments: string[]) => void): unknown
  on(event: 'activate', listener: () => void): unknown
  on(event: 'open-url', listener: (event: { preventDefault(): void }, address: string) => void): unknown
}

/**
 * Runs what each launch asks for: this one's deep link, a second start of the app, a click in the Dock, a link.
 * @param launchArguments what this process was started with
 */
export function onLaunch(
  app: LaunchedApp,
  launchArguments: readonly string[],
  run: (command: Command) => void,
): void {
  app.on('second-instance', (_event, arguments_) => {
    const command = commandOf(arguments_)
    if (command !== null) run(command)
  })
  app.on('activate', () => run({ kind: 'showWindow' }))
  // macOS hands deep links over by this, all others by arguments.
  app.on('open-url', (event, address) => {
    event.preventDefault()
    run({ kind: 'openDeepLink', address })
  })
  const link = deepLinkIn(launchArguments)
  if (link !== null) run(link)
}
