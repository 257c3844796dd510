import { WexflowError } from '../wexflow/errors.ts'
import type { LogLines } from '../wexflow/log-lines.ts'

/** A part of a log. */
interface LogPart {
  /** Whole lines, parted by `\n`. */
  readonly text: string
  /** By which the next part is asked for; null where this is the last. */
  readonly next: string | null
}

/** How long a part is before it is handed on, in UTF-16 units: each has to be asked for, and V8 frees larger ones late. */
const partLength = 256 * 1024
/** Logs that are read at once. Nobody says that they want no more of one: the oldest gives way. */
const mostReadings = 8

/** Hands logs on in parts as they come from a server, so that all of one is never in this process. */
export class LogReadings {
  readonly #readings = new Map<string, AsyncGenerator<TextPart, void, void>>()
  #count = 0

  /** The first part of a log. Rejects with a `WexflowError`. */
  begin(log: LogLines): Promise<LogPart> {
    const id = String((this.#count += 1))
    this.#readings.set(id, partsOf(log))
    const [oldest] = this.#readings
    if (oldest !== undefined && this.#readings.size > mostReadings) this.#end(...oldest)
    return this.next(id)
  }

  /** The part of a log that follows another. Rejects with a `WexflowError`. */
  async next(id: string): Promise<LogPart> {
    const reading = this.#readings.get(id)
    if (reading === undefined) throw givenUp()
    try {
      const { value } = await reading.next()
      if (value === undefined) throw givenUp()
      if (value.isLast) this.#readings.delete(id)
      return { text: value.text, next: value.isLast ? null : id }
    } catch (error) {
      this.#readings.delete(id)
      throw error
    }
  }

  #end(id: string, reading: AsyncGenerator<TextPart, void, void>): void {
    this.#readings.delete(id)
    // Its connection is broken; what that says is heard by nobody.
    reading.return().catch(() => {})
  }
}

const givenUp = (): WexflowError => new WexflowError('timedOut', 'this reading of a log was given up', false)

interface TextPart {
  readonly text: string
  readonly isLast: boolean
}

async function* partsOf(log: LogLines): AsyncGenerator<TextPart, void, void> {
  let lines: string[] = []
  let length = 0
  for await (const more of log) {
    if (length >= partLength) {
      yield { text: lines.join('\n'), isLast: false }
      lines = []
      length = 0
    }
    for (const line of more) {
      lines.push(line)
      length += line.length + 1
    }
  }
  yield { text: lines.join('\n'), isLast: true }
}
