import type { IncidentKind } from './day-plan.ts'
import type { WeatherKind } from './weather.ts'

/** What others do to jobs breaks nothing. */
type Disturbing = Exclude<IncidentKind, 'jobSuspended'>

/** A time in which something was wrong. Milliseconds since 1970. */
export interface Disturbance {
  /** `restAsked`: who answered in the server's place is gone, and had asked to be left alone until then. */
  readonly kind: WeatherKind | Disturbing | 'restAsked' | 'summaryRefused'
  /** The place of the server that it happened to; null where it happened to the computer, and so to all. */
  readonly server: number | null
  readonly from: number
  readonly to: number
}

/** What happened on a day, written down as it happens. */
export class Diary {
  readonly disturbances: Disturbance[] = []
  /** How often each incident happened. */
  readonly incidents = new Map<string, number>()

  note(disturbance: Disturbance): void {
    this.disturbances.push(disturbance)
  }

  count(kind: IncidentKind): void {
    this.incidents.set(kind, (this.incidents.get(kind) ?? 0) + 1)
  }
}
