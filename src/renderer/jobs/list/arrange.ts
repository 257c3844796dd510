import type { JobView } from '../../../shared/job-view.ts'
import { isOthers } from '../../../shared/watch.ts'
import { dayAfter, dayOf, momentOf } from './moment.ts'

/** What the list is narrowed down to by one click. */
export const chips = ['all', 'running', 'needsYou', 'failed', 'mine', 'others'] as const
export type Chip = (typeof chips)[number]

/** A part of the list under a heading: what waits for the person, what runs, and the days (their midnight). */
export type SectionId = 'needsYou' | 'running' | number

/** Equal ends in a row, drawn as one. */
export interface Fold {
  /** The oldest of them: newer ones may join. */
  readonly id: string
  readonly jobs: readonly JobView[]
  readonly isOpen: boolean
}

/** A row of the list. */
export interface Entry {
  readonly job: JobView
  /** Set on the newest of equal ends; the others follow where it is open. */
  readonly fold: Fold | null
  /** Whether it follows the newest of a fold that is open. */
  readonly isInFold: boolean
}

export interface Section {
  readonly id: SectionId
  readonly entries: readonly Entry[]
  /** With those that are folded. */
  readonly count: number
}

/** The list as it is shown. */
export interface Arranged {
  readonly sections: readonly Section[]
  /** What each chip would show. */
  readonly counts: Readonly<Record<Chip, number>>
}

export interface ArrangeOptions {
  readonly isFollowed: (serverId: string) => boolean
  readonly chip: Chip
  readonly matches: (job: JobView) => boolean
  /** The folds that a person has opened. */
  readonly openFolds: ReadonlySet<string>
}

/** Fewer than this are no burden. */
const smallestFold = 3

/** How a job stands for the one who looks at the list. */
export function standingOf({ state }: JobView, isFollowed: boolean): 'needsYou' | 'running' | 'past' {
  if (state.phase === 'ended' || !isFollowed) return 'past'
  return state.phase === 'waiting' || state.phase === 'notBegun' ? 'needsYou' : 'running'
}

const failed: ReadonlySet<string> = new Set(['failed', 'notStarted', 'unknown'])
const hasFailed = ({ state }: JobView): boolean => state.phase === 'ended' && failed.has(state.outcome)

/** Puts the jobs into sections: what needs the person, what runs, then what is over by day, the newest end first. */
export function arrange(jobs: readonly JobView[], options: ArrangeOptions): Arranged {
  const { isFollowed, chip, matches, openFolds } = options
  const counts = { all: 0, running: 0, needsYou: 0, failed: 0, mine: 0, others: 0 }
  const lists: Record<ReturnType<typeof standingOf>, JobView[]> = { needsYou: [], running: [], past: [] }
  for (const job of jobs) {
    if (!matches(job)) continue
    const standing = standingOf(job, isFollowed(job.serverId))
    const isFailed = hasFailed(job)
    counts.all += 1
    if (standing !== 'past') counts[standing] += 1
    const owner = isOthers(job) ? 'others' : 'mine'
    if (isFailed) counts.failed += 1
    counts[owner] += 1
    const isShown = chip === 'all' || chip === standing || chip === owner || (chip === 'failed' && isFailed)
    if (isShown) lists[standing].push(job)
  }
  const sections = (['needsYou', 'running'] as const).flatMap((id) => section(id, lists[id]))
  return { sections: [...sections, ...daySections(lists.past, openFolds)], counts }
}

const single = (job: JobView): Entry => ({ job, fold: null, isInFold: false })

const section = (id: SectionId, jobs: readonly JobView[]): Section[] =>
  jobs.length === 0 ? [] : [{ id, entries: jobs.map(single), count: jobs.length }]

function daySections(past: readonly JobView[], openFolds: ReadonlySet<string>): Section[] {
  const timed = past.map((job) => ({ job, at: momentOf(job) })).sort((a, b) => b.at - a.at)
  const days: { readonly id: number; readonly end: number; readonly jobs: JobView[] }[] = []
  for (const { job, at } of timed) {
    const last = days.at(-1)
    if (last !== undefined && at >= last.id && at < last.end) {
      last.jobs.push(job)
      continue
    }
    const id = dayOf(at)
    days.push({ id, end: dayAfter(id), jobs: [job] })
  }
  return days.map(({ id, jobs }) => ({ id, entries: foldedEntries(jobs, openFolds), count: jobs.length }))
}

/** Whether two ends say the same but for their times. */
function isSameEnd(a: JobView, b: JobView): boolean {
  if (a.state.phase !== 'ended' || b.state.phase !== 'ended') return false
  return (
    a.workflowId === b.workflowId &&
    a.serverId === b.serverId &&
    a.workflowName === b.workflowName &&
    a.state.outcome === b.state.outcome &&
    a.state.reason === b.state.reason &&
    a.state.errorLine === b.state.errorLine
  )
}

function foldedEntries(jobs: readonly JobView[], openFolds: ReadonlySet<string>): Entry[] {
  const entries: Entry[] = []
  for (let from = 0; from < jobs.length; ) {
    const first = jobs[from]
    let to = from + 1
    while (to < jobs.length && isSame(first, jobs[to])) to += 1
    entries.push(...entriesOf(jobs.slice(from, to), openFolds))
    from = to
  }
  return entries
}

const isSame = (a: JobView | undefined, b: JobView | undefined): boolean =>
  a !== undefined && b !== undefined && isSameEnd(a, b)

function entriesOf(same: readonly JobView[], openFolds: ReadonlySet<string>): Entry[] {
  const [newest] = same
  const oldest = same.at(-1)
  if (newest === undefined || oldest === undefined || same.length < smallestFold) return same.map(single)
  const isOpen = openFolds.has(oldest.key)
  const fold = { id: oldest.key, jobs: same, isOpen }
  const rest = isOpen ? same.slice(1).map((job) => ({ job, fold: null, isInFold: true })) : []
  return [{ job: newest, fold, isInFold: false }, ...rest]
}
