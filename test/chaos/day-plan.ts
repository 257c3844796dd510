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

/** Something sudden. */
export const incidentKinds = [
  'serverKilled',
  'serverStopped',
  'jobStreamsReset',
  'jobStreamsSilent',
  'changeStreamReset',
  'changeStreamSilent',
  'tokensRevoked',
  'networkGone',
  'networkMoved',
  'asleep',
  'halfOpen',
  'appCrashed',
  'appQuit',
  'diskFull',
  'workflowSaved',
  'workflowRenamed',
  'workflowDead',
  'clockSetBack',
  'clockSetForward',
  'desktopGone',
] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** A start, by a person in the app or by anybody else. */
export interface PlannedStart {
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

/**
 * A day's events; times in milliseconds after its beginning. It is nothing but data, so that it can be made smaller, and
 * printed as a test.
 */
export interface DayPlan {
  /** Whatever happens by chance on the day is drawn from it. */
  readonly seed: number
  readonly username: string
  readonly database: DatabaseName
  readonly starts: readonly PlannedStart[]
  readonly startsElsewhere: readonly PlannedStart[]
  readonly weather: readonly Planned<WeatherKind>[]
  readonly incidents: readonly Planned<IncidentKind>[]
  /** When nothing new happens any more. */
  readonly endsAt: number
}
