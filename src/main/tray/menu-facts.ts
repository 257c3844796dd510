import type { TFunction } from 'i18next'
import type { AppState } from '../../shared/app-state.ts'
import type { Command } from '../../shared/commands.ts'
import { saidServer } from '../../shared/followed.ts'
import { hasEnded, type JobView } from '../../shared/job-view.ts'
import { shortName } from './labels.ts'

/** A menu as data. A `text` only says something; it can't be chosen. */
export type MenuItem =
  | { readonly type: 'separator' }
  | { readonly type: 'text'; readonly label: string }
  | { readonly type: 'command'; readonly label: string; readonly command: Command }
  | { readonly type: 'submenu'; readonly label: string; readonly items: readonly MenuItem[] }

/** Everything that the menu and the tooltip are made from. */
export interface TrayFacts {
  readonly state: AppState
  /** Newest first. */
  readonly jobs: readonly JobView[]
  /** What workflows usually take, in milliseconds, by `workflowKeyOf`. */
  readonly usualDurations: ReadonlyMap<string, number>
  /** Bad ends that nobody has looked at yet. */
  readonly unseen: number
  readonly t: TFunction
  /** For the order of names, and for durations. */
  readonly locale: string
  /** For times. */
  readonly times: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Entries that any menu has at most, separators not counted: more don't fit on a small screen. */
export const mostEntries = 30

export const showJobs: Command = { kind: 'show', page: 'jobs', key: null }

export const text = (label: string): MenuItem => ({ type: 'text', label })
export const entry = (label: string, command: Command): MenuItem => ({ type: 'command', label, command })

const separator: readonly MenuItem[] = [{ type: 'separator' }]

/** Sections with a separator between those that have items. */
export const joined = (sections: readonly (readonly MenuItem[])[]): MenuItem[] =>
  sections
    .filter((items) => items.length > 0)
    .flatMap((items, index) => (index === 0 ? items : separator.concat(items)))

/** A text about a server; it says which one where there are several. */
export const aboutServer = (about: string, serverId: string, { state, t }: TrayFacts): string => {
  const server = saidServer(state, serverId, t)
  return server === null ? about : t('tray.ofServer', { text: about, server: shortName(server) })
}

/** Whether it waits for a person's approval. */
export const isWaiting = ({ state }: JobView): boolean => state.phase === 'waiting'

export const inFlight = (jobs: readonly JobView[]): JobView[] => jobs.filter((job) => !hasEnded(job))
