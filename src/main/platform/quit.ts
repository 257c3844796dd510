import type { Log } from './log.ts'

/** Milliseconds that the end of the app waits for its last writes. */
const finishWithinMs = 3000

/** The part of Electron's `app` that is used. */
interface QuittingApp {
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown
  exit(): void
}

/**
 * Lets the app finish what must not be lost before it ends, but not for ever. The windows are closed by then, so that
 * they have said where they were.
 * @param finish is called once, however often the app is asked to quit; may reject: the app ends all the same
 */
export function finishBeforeQuit(
  app: QuittingApp,
  finish: () => Promise<void>,
  log: Pick<Log, 'error'>,
): void {
  let isFinishing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (isFinishing) return
    isFinishing = true
    setTimeout(() => app.exit(), finishWithinMs)
    void finish()
      .catch((error: unknown) => log.error('the app could not finish', error))
      .finally(() => app.exit())
  })
}
