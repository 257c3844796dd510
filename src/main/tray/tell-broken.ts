import { createTranslator } from '../../shared/i18n.ts'
import type { Opening } from '../composition/opening.ts'
import type { Ports } from '../composition/ports.ts'
import { brokenPicture } from './picture.ts'

/** The app could not be built: what went wrong is in the log file and on the screen before anything else happens. */
export async function tellBroken(
  fault: unknown,
  { log, desktop, machine }: Pick<Ports, 'log' | 'desktop' | 'machine'>,
  { tray, shown }: Opening,
): Promise<void> {
  log.error('the app could not be built', fault)
  await log.open()
  // English where the app came to grief before it knew its language.
  const { t } = await shown.then(
    ({ speech }) => speech.texts,
    () => createTranslator(machine.languages),
  )
  const isInTray = await succeeds(() => tray.show(() => brokenPicture(t)))
  const text = {
    title: t('broken.title'),
    body: t('broken.text', { path: log.path }),
    quit: t('tray.quit'),
  }
  void quitOnceRead(() => desktop.tellFailure(text), isInTray, desktop)
}

/** Who has read it has nothing else to do here. Where the desktop can't show it, the menu says it. */
async function quitOnceRead(
  read: () => Promise<void>,
  isInTray: boolean,
  desktop: Pick<Ports['desktop'], 'quit'>,
): Promise<void> {
  const isRead = await succeeds(read)
  if (isRead || !isInTray) desktop.quit()
}

async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch {
    return false
  }
}
