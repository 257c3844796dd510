import type { Watch } from '../../src/shared/watch.ts'
import type { DatabaseName } from '../wexflow-sim/databases.ts'
import type { Wished } from './app.ts'
import type { WeatherKind } from './weather.ts'

/** What happens to a job after its start. Times in milliseconds after the start was asked for. */
export type Act =
  /** The person stops it in the app, or anybody else stops it. */
  | { readonly kind: 'stop' | 'stopElsewhere'; readonly afterMs: number }
  | { readonly kind: 'suspendElsewhere'; readonly afterMs: number; readonly forMs: number }
  /** Approved or rejected once it waits, so long after that. */
  | {
      readonly kind: 'decide' | 'decideElsewhere'
      readonly afterMs: number
      readonly isApproved: boolean
    }

/** Something sudden that happens to one server. */
export const serverIncidentKinds = [
  'serverKilled',
  'serverStopped',
  'jobStreamsReset',
  'jobStreamsSilent',
  'changeStreamReset',
  'changeStreamSilent',
  'tokensRevoked',
  'workflowSaved',
  'workflowRenamed',
  'workflowDead',
  'clockSetBack',
  'clockSetForward',
  /** Somebody suspends a job that runs, and resumes it. */
  'jobSuspended',
  /** Somebody stops a job with starts in the queue behind it, at a bad moment. */
  'queueStopped',
] as const
export type ServerIncidentKind = (typeof serverIncidentKinds)[number]

/** Something sudden that happens to the computer, its network or its desktop, and so to all servers. */
export const computerIncidentKinds = [
  'networkGone',
  'networkMoved',
  'asleep',
  'halfOpen',
  'captivePortal',
  'appCrashed',
  'appQuit',
  'diskFull',
  'desktopGone',
  'desktopRefuses',
  'desktopAnswersLate',
  'loginBeforeDesktop',
  /** The person mutes notifications, and unmutes them. */
  'muted',
] as const
export type ComputerIncidentKind = (typeof computerIncidentKinds)[number]

export type IncidentKind = ServerIncidentKind | ComputerIncidentKind

/** A server that the person is signed in to. */
export interface PlannedServer {
  readonly username: string
  readonly database: DatabaseName
  /** Whose jobs the person follows there; left out: their own. */
  readonly watch?: Watch
}

/** `server`: the place of the server in the plan's list. */
export interface OfServer {
  readonly server: number
}

/** A start, by a person in the app or by anybody else. */
export interface PlannedStart extends OfServer {
  readonly at: number
  readonly workflow: Wished
  readonly acts: readonly Act[]
}

/** Weather, or an incident: `lastsMs`: until what was away is back. */
export interface Planned<Kind> {
  readonly kind: Kind
  readonly at: number
  readonly lastsMs: number
}

export type PlannedIncident = Planned<ComputerIncidentKind> | (Planned<ServerIncidentKind> & OfServer)

/**
 * A day's events; times in milliseconds after its beginning. It is nothing but data, so that it can be made smaller, and
 * printed as a test.
 */
export interface DayPlan {
  /** Whatever happens by chance on the day is drawn from it. */
  readonly seed: number
  /** One at least. */
  readonly servers: readonly PlannedServer[]
  readonly starts: readonly PlannedStart[]
  readonly startsElsewhere: readonly PlannedStart[]
  readonly weather: readonly (Planned<WeatherKind> & OfServer)[]
  readonly incidents: readonly PlannedIncident[]
  /** When nothing new happens any more. */
  readonly endsAt: number
}
