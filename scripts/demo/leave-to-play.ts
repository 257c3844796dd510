import { launchArguments } from '../../test/e2e/wexflow-tray.ts'
import { demoUsers } from '../../test/wexflow-sim/users.ts'
import { run } from '../steps.ts'

/** Starts the app on the person's own desktop and waits until they quit it. */
export const leaveToPlay = async (executable: string, address: string, userData: string): Promise<void> => {
  const [user] = demoUsers
  console.log(`
The app now opens on your own desktop, with your own tray and notifications. Sign in there:
  Server address  ${address}
  User name       ${user?.username ?? ''}
  Password        ${user?.password ?? ''}
It stays open, and the server with it, until you choose Quit in its tray menu or press Ctrl+C here.`)
  await run(executable, launchArguments(userData))
}
