import type { App } from 'electron'

/** Milliseconds that the end of the app waits for its last writes. */
const finishWithinMs = 3000

/**
 * Lets the app finish what must not be lost before it ends, but not for ever. The windows are closed by then, so that
 * they have said where they were.
 * @param finish may reject: the app ends all the same
 */
export function finishBeforeQuit(app: Pick<App, 'on' | 'exit'>, finish: () => Promise<void>): void {
  app.on('will-quit', (event) => {
    event.preventDefault()
    setTimeout(() => app.exit(), finishWithinMs)
    void finish().finally(() => app.exit())
  })
}
