import type { Page } from '@playwright/test'
import { type Desktop, startDesktop } from '../../test/desktop/desktop.ts'
import { menuText } from '../../test/desktop/menu.ts'
import { startVirtualDisplay } from '../../test/desktop/virtual-display.ts'
import { WexflowTray } from '../../test/e2e/wexflow-tray.ts'
import { clearPictures, takePictures } from './pictures.ts'
import { clickedScene, finishScene, scenes, type SceneEnd, startScene } from './scenes.ts'

/**
 * Plays all scenes on a display and a bus that nobody else is on.
 * @returns a sentence for each notification that did not come
 */
export const playByItself = async (address: string, userData: string): Promise<readonly string[]> => {
  await clearPictures()
  process.once('SIGTERM', leave)
  const display = await startVirtualDisplay()
  const desktop = await startDesktop()
  try {
    const app = await WexflowTray.launch({ desktop, userData, env: display.env })
    try {
      const window = await signIn(app, address)
      const ends = await playScenes(window, desktop)
      await app.quit()
      return ends.flatMap((end) => ('problem' in end ? [end.problem] : []))
    } finally {
      if (app.process.exitCode === null) await app.kill()
    }
  } finally {
    await desktop.close()
    await display.stop()
    process.off('SIGTERM', leave)
  }
}

/** What a shell says of a process that SIGTERM ended; all that was started ends with this process. */
const leave = (): never => process.exit(143)

const signIn = async (app: WexflowTray, address: string): Promise<Page> => {
  const window = await app.window()
  await window.getByLabel('Server address').waitFor()
  await takePictures(window, 'connect')
  // With it the window would have to say that this desktop has no keychain.
  await app.signIn({ address, staySignedIn: false })
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  return window
}

const playScenes = async (window: Page, desktop: Desktop): Promise<readonly SceneEnd[]> => {
  console.log('\nSigned in through the form. Now jobs are started in the tray menu:')
  const starts = []
  for (const scene of scenes) starts.push({ scene, start: await startScene(scene, desktop) })
  await desktop.tray.entry(['Month end closing – Running'])
  console.log(`\nThe menu while they run:\n${menuText(await desktop.tray.menu(), '  ')}`)

  console.log('Notifications as they reach the desktop:')
  const playing = Promise.all(starts.map(({ scene, start }) => finishScene(scene, start, desktop)))
  // Once the first has ended, and others have not, there is most to see.
  await Promise.race([playing, desktop.notifications.titled(/./).catch(() => {})])
  await takePictures(window, 'jobs')
  const ends = await playing

  const clicked = ends[scenes.indexOf(clickedScene)]
  if (clicked !== undefined && 'notification' in clicked) {
    desktop.notifications.click(clicked.notification)
    await window.getByText('Workflow finished.').waitFor()
    console.log(`\n“${clicked.notification.title}” was clicked: the window shows that job and its log.`)
    await takePictures(window, 'job')
  }
  await desktop.tray.choose('Settings…')
  await window.getByRole('heading', { name: 'Settings', exact: true }).waitFor()
  await takePictures(window, 'settings')
  return ends
}
