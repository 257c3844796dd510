import type { Result } from '../../shared/ipc.ts'
import type { Commands } from '../commands.ts'
import type { Notifier } from '../notify/notifier.ts'
import type { TrayCommand } from './menu-model.ts'

/**
 * Does what a menu item stands for. A menu has no place for an answer, so the notifier tells what a server refuses.
 */
export async function perform(
  command: TrayCommand,
  commands: Commands,
  notifier: Pick<Notifier, 'onWishFailed'>,
): Promise<void> {
  const tell = async (
    key: string,
    wish: 'stop' | 'approve' | 'reject',
    answer: Promise<Result>,
  ): Promise<void> => {
    const result = await answer
    if (!result.ok) notifier.onWishFailed(key, wish, result.failure)
  }
  switch (command.name) {
    case 'startWorkflow':
      return commands.startWorkflow(command.workflowId)
    case 'stopJob':
      return tell(command.key, 'stop', commands.stopJob(command.key))
    case 'approveJob':
      return tell(command.key, 'approve', commands.approveJob(command.key))
    case 'rejectJob':
      return tell(command.key, 'reject', commands.rejectJob(command.key))
    case 'showJob':
      return commands.show('jobs', command.key)
    case 'showJobs':
      return commands.show('jobs')
    case 'showSettings':
      return commands.show('settings')
    case 'showConnect':
      return commands.show('connect')
    case 'signOut':
      return commands.signOut()
    case 'quit':
      return commands.quit()
  }
}
