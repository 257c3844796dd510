/** The server's own way to write times: its local time, no zone. */
export class ServerTime {
  #offsetMs: number

  /** @param offsetMs how far the server's local time is ahead of UTC, in milliseconds */
  constructor(offsetMs: number) {
    this.#offsetMs = offsetMs
  }

  /** The local time jumps, forward or (negative) back, as where summer time begins or ends; in milliseconds. */
  move(byMs: number): void {
    this.#offsetMs += byMs
  }

  /** `dd-MM-yyyy HH:mm:ss`, or the year 1 for "never". */
  dateText(at: number | null): string {
    return at === null ? '01-01-0001 00:00:00' : localDateText(this.localMs(at))
  }

  /** `yyyy-MM-dd HH:mm:ss.fff`, as in logs. */
  logText(at: number): string {
    return parts(this.localMs(at)).join(' ')
  }

  /** The server's local time as milliseconds since 1970: what `from` and `to` are compared with. */
  localMs(at: number): number {
    return at + this.#offsetMs
  }
}

/** A local time, in milliseconds since 1970, as the server writes it: `dd-MM-yyyy HH:mm:ss`. */
export function localDateText(localMs: number): string {
  const second = Math.floor(localMs / 1000)
  const known = dateTexts.get(second)
  if (known !== undefined) return known
  const [date, time] = parts(localMs)
  const text = `${date.split('-').reverse().join('-')} ${time.slice(0, 8)}`
  if (dateTexts.size >= mostDateTexts) dateTexts.clear()
  dateTexts.set(second, text)
  return text
}

/** The texts of seconds that were asked for: every page of records has the same ones again. */
const dateTexts = new Map<number, string>()
const mostDateTexts = 5000

function parts(localMs: number): [string, string] {
  const text = new Date(localMs).toISOString()
  return [text.slice(0, 10), text.slice(11, 23)]
}
