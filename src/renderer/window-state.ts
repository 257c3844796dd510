import type { AppState } from '../shared/app-state.ts'
import type { DesktopKind } from '../shared/desktop-kind.ts'
import type { EventPayload, Snapshot } from '../shared/ipc.ts'
import type { JobView } from '../shared/job-view.ts'
import type { SystemFormats } from '../shared/system-formats.ts'
import type { Settings } from '../shared/settings.ts'
import type { View } from '../shared/view.ts'
import type { Chip } from './jobs/list/arrange.ts'

/** How the person looks at the jobs just now. Not remembered: a new window shows all of them. */
export interface Look {
  readonly list: {
    /** As typed. */
    readonly search: string
    readonly chip: Chip
    /** The folds of equal ends that are open, by `Fold.id`. */
    readonly openFolds: ReadonlySet<string>
  }
  /** What a narrow window shows, which has no room for both. */
  readonly pane: 'list' | 'detail'
  /** Whether main asks for the list of workflows, and it has not been opened yet. */
  readonly isFinding: boolean
  /** Whether main asks for the jobs, and the list has not brought the selected one into sight yet. */
  readonly isRevealing: boolean
}

const allJobs: Look['list'] = { search: '', chip: 'all', openFolds: new Set() }

/** What the window is drawn from: what main sent, and the place that the person is at. Never changed, only replaced. */
export interface WindowState {
  readonly app: AppState
  /** Newest first, by the time of the wish. */
  readonly jobs: readonly JobView[]
  /** What workflows usually take, in milliseconds, by `workflowKeyOf`. */
  readonly usual: ReadonlyMap<string, number>
  readonly settings: Settings
  readonly view: View
  readonly look: Look
  readonly version: string
  readonly formats: SystemFormats
  readonly desktop: DesktopKind
  /** Counts the times that main asked for a page: the focus goes to it then. */
  readonly shows: number
}

/** What happens to the window's state. */
export type Change =
  | { readonly kind: 'state'; readonly app: AppState }
  | { readonly kind: 'jobs'; readonly jobs: EventPayload<'jobsChanged'> }
  /** Jobs that the snapshot had left out: what is known of a job already is newer. */
  | { readonly kind: 'olderJobs'; readonly jobs: readonly JobView[] }
  | { readonly kind: 'usual'; readonly usual: EventPayload<'usualChanged'> }
  | { readonly kind: 'show'; readonly show: EventPayload<'show'> }
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'view'; readonly view: Partial<View> }
  | { readonly kind: 'list'; readonly list: Partial<Look['list']> }
  | { readonly kind: 'pane'; readonly pane: Look['pane'] }
  | { readonly kind: 'finding'; readonly isFinding: boolean }
  | { readonly kind: 'revealed' }

const newestFirst = (a: JobView, b: JobView): number =>
  b.requestedAt - a.requestedAt || (a.key < b.key ? 1 : -1)

function withJobs(
  jobs: readonly JobView[],
  { changed, removed }: EventPayload<'jobsChanged'>,
): readonly JobView[] {
  const changedByKey = new Map(changed.map((job) => [job.key, job]))
  const gone = new Set(removed)
  const known = new Set(jobs.map(({ key }) => key))
  const isSettled = changed.every(({ key }) => known.has(key))
  const kept = jobs.flatMap((job) => (gone.has(job.key) ? [] : [changedByKey.get(job.key) ?? job]))
  // The time of the wish never changes, so that a change of known jobs leaves the order as it is.
  if (isSettled) return kept
  const fresh = [...changedByKey.values()].filter(({ key }) => !known.has(key) && !gone.has(key))
  return [...fresh, ...kept].toSorted(newestFirst)
}

function withOlderJobs(jobs: readonly JobView[], older: readonly JobView[]): readonly JobView[] {
  const known = new Set(jobs.map(({ key }) => key))
  return [...jobs, ...older.filter(({ key }) => !known.has(key))].toSorted(newestFirst)
}

function withUsual(known: WindowState['usual'], changed: EventPayload<'usualChanged'>): WindowState['usual'] {
  const usual = new Map(known)
  for (const [key, durationMs] of Object.entries(changed)) {
    if (durationMs === null) usual.delete(key)
    else usual.set(key, durationMs)
  }
  return usual
}

/** The first state, from main's snapshot. */
export const firstState = (snapshot: Snapshot): WindowState => ({
  app: snapshot.state,
  jobs: snapshot.jobs.toSorted(newestFirst),
  usual: new Map(Object.entries(snapshot.usual)),
  settings: snapshot.settings,
  view: snapshot.view,
  look: { list: allJobs, pane: 'list', isFinding: false, isRevealing: false },
  version: snapshot.version,
  formats: snapshot.formats,
  desktop: snapshot.desktop,
  shows: 0,
})

/** The state after a change. */
export function reduce(state: WindowState, change: Change): WindowState {
  switch (change.kind) {
    case 'state':
      return { ...state, app: change.app }
    case 'jobs':
      return { ...state, jobs: withJobs(state.jobs, change.jobs) }
    case 'olderJobs':
      return { ...state, jobs: withOlderJobs(state.jobs, change.jobs) }
    case 'usual':
      return { ...state, usual: withUsual(state.usual, change.usual) }
    case 'show': {
      const { page, key } = change.show
      const selectedKey = key ?? state.view.selectedKey
      // What was searched for must not hide the job that is to be shown.
      const shown: Partial<Look> = key === null ? {} : { list: allJobs, pane: 'detail' }
      const look = { ...state.look, ...shown, isRevealing: page === 'jobs' }
      return { ...state, look, view: { ...state.view, page, selectedKey }, shows: state.shows + 1 }
    }
    case 'settings':
      return { ...state, settings: change.settings }
    case 'view':
      return { ...state, view: { ...state.view, ...change.view } }
    case 'list':
      // Who narrows the list down wants to see what is left of it.
      return { ...state, look: { ...state.look, list: { ...state.look.list, ...change.list }, pane: 'list' } }
    case 'pane':
      return { ...state, look: { ...state.look, pane: change.pane } }
    case 'finding':
      return { ...state, look: { ...state.look, isFinding: change.isFinding } }
    case 'revealed':
      return { ...state, look: { ...state.look, isRevealing: false } }
  }
}
