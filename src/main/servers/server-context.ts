import type { MissedListener } from '../schedule/schedules.ts'
import type { LinkState } from '../../shared/app-state.ts'
import type { JobView } from '../../shared/job-view.ts'
import type { Message } from '../../shared/message.ts'
import type { JobStore } from '../job-store/store.ts'
import type { UsualTimes } from '../job-store/usual-times.ts'
import type { Log } from '../platform/log.ts'
import type { AppModel } from '../state/app-model.ts'
import type { Circumstance } from '../tracking/job-view.ts'
import type { MessagesRead } from './messages.ts'
import type { SentOf } from './taken-variables.ts'

/** Who is told what the trackers find out; `Notifier` is one. */
interface ServersListener extends MissedListener {
  onLink(serverId: string, link: LinkState): void
  onEnded(job: JobView, circumstance: Circumstance): void
  onCaughtUp(serverId: string): void
  onRunMoved(fromKey: string, toKey: string | null): void
  onMessages(serverId: string, unread: readonly Message[], how: MessagesRead): void
}

/** What all servers work with. */
export interface ServerContext {
  readonly store: JobStore
  readonly model: AppModel
  readonly listener: ServersListener
  /** Starred workflows of a profile. */
  readonly favourites: (profileId: string) => ReadonlySet<number>
  readonly lastSent: SentOf
  /** Whether the person took the run of this job id off the list of a profile. */
  readonly isDismissed: (profileId: string, jobId: string) => boolean
  /** How long workflows usually take. */
  readonly usual: UsualTimes
  /** Whether the person wants to be told of messages. */
  readonly areMessagesWanted: () => boolean
  readonly networkFingerprint: () => string
  readonly log: Log
}
