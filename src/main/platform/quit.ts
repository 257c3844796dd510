import type { BrowserWindow } from 'electron'
import type { Log } from './log.ts'

/** Milliseconds that the end of the app takes for its last writes at most: the system waits for two seconds. */
const finishWithinMs = 1800

/** By these a system at its end, a terminal that is closed or a person ends a program. */
const endingSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** The part of Electron's `app` that is used. */
interface QuittingApp {
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown
  exit(): void
}

/** The part of Electron's `app` that tells of the end of the session. */
interface EndingApp {
  on(event: 'browser-window-created', listener: (event: unknown, window: BrowserWindow) => void): unknown
  quit(): void
}

/**
 * Lets the app finish what must not be lost before it ends, but not for ever. The windows are closed by then, so that
 * they have said where they were.
 * @param finish is called once, however often the app is asked to quit; may reject: the app ends all the same
 */
export function finishBeforeQuit(
  app: QuittingApp,
  finish: () => Promise<void>,
  log: Pick<Log, 'error' | 'info'>,
): void {
  let isFinishing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (isFinishing) return
    isFinishing = true
    log.info('the app ends')
    setTimeout(() => app.exit(), finishWithinMs)
    void finish()
      .catch((error: unknown) => log.error('the app could not finish', error))
      .finally(() => app.exit())
  })
}

/**
 * Quits by itself where a signal asks the program to end. Electron does so until somebody else listens to the same
 * signal: when-exit, by which electron-store writes its file, takes the signals over with the first write and then
 * ends the process at once. A listener that stays makes that attempt one more signal, and nothing else. To be called
 * after `ready`: Electron sets its own up until then.
 */
export function quitOnSignals(
  from: Pick<NodeJS.EventEmitter, 'on'>,
  quit: () => void,
  log: Pick<Log, 'info'>,
): void {
  let isQuitting = false
  for (const signal of endingSignals)
    from.on(signal, () => {
      if (!isQuitting) log.info(`asked to end by ${signal}`)
      isQuitting = true
      quit()
    })
}

/**
 * Quits by itself where the system is about to shut down (Linux, macOS), or the person's session to end (Windows, which
 * tells windows only).
 * @param beforeSessionEnd is called first on Windows, which does not wait for what a program begins at its end
 */
export function quitWithSession(
  powerMonitor: Pick<NodeJS.EventEmitter, 'on'>,
  app: EndingApp,
  beforeSessionEnd: () => void,
): void {
  powerMonitor.on('shutdown', (event: { preventDefault(): void }) => {
    // Prevented, the system waits for the end of this process, up to its own limit.
    event.preventDefault()
    app.quit()
  })
  app.on('browser-window-created', (_event, window) => {
    window.on('session-end', () => {
      beforeSessionEnd()
      app.quit()
    })
  })
}
