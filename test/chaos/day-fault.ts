/** What is wrong with a day as a whole, and with no single start of it. */
export interface DayFault {
  /** `outage`: how it was told that a server is away, or back. `hammered`: somebody in a server's place was asked too much. */
  readonly kind: 'wrong' | 'outage' | 'hammered'
  /** What it is, in words that are the same each time. */
  readonly what: string
  /** Where it is. */
  readonly detail: string
}
