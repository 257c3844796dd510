/**
 * The server's own way to write times: its local time, no zone.
 * @param offsetMs how far the server's local time is ahead of UTC, in milliseconds
 */
export class ServerTime {
  readonly #offsetMs: number

  constructor(offsetMs: number) {
    this.#offsetMs = offsetMs
  }

  /** `dd-MM-yyyy HH:mm:ss`, or the year 1 for "never". */
  dateText(at: number | null): string {
    if (at === null) return '01-01-0001 00:00:00'
    const [date, time] = this.#parts(at)
    return `${date.split('-').reverse().join('-')} ${time.slice(0, 8)}`
  }

  /** `yyyy-MM-dd HH:mm:ss.fff`, as in logs. */
  logText(at: number): string {
    const [date, time] = this.#parts(at)
    return `${date} ${time}`
  }

  /** The server's local time as milliseconds since 1970: what `from` and `to` are compared with. */
  localMs(at: number): number {
    return at + this.#offsetMs
  }

  #parts(at: number): [string, string] {
    const text = new Date(this.localMs(at)).toISOString()
    return [text.slice(0, 10), text.slice(11, 23)]
  }
}
