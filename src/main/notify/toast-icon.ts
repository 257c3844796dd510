import { join } from 'node:path'
import type { Outcome } from '../../shared/outcome.ts'
import type { ToldPhase } from '../../shared/told-phase.ts'

/** What the picture of a notification says at a glance; each has a file of its own. */
export type ToastPicture = Outcome | ToldPhase | 'serverAway'

/** `app`: nothing but whose notification it is. */
export type ToastIcon = ToastPicture | 'app'

/**
 * The absolute path of a picture, null for the app's own icon. Whoever shows notifications is another program, which
 * can't look into the archive that a packaged app is in: the pictures lie beside it.
 * @param assets the folder of the app's pictures
 */
export const toastIconFile = (assets: string, icon: ToastIcon): string | null =>
  icon === 'app' ? null : join(assets.replace(/\bapp\.asar\b/u, 'app.asar.unpacked'), 'toast', `${icon}.png`)
