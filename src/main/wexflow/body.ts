import { WexflowError } from './errors.ts'
import type { FetchAnswer } from './transport.ts'

/**
 * Reads bodies with a limit: an answer may never end, or unpack from a few bytes to gigabytes. Limits count bytes as they
 * are after unpacking. What comes is kept as bytes until it is known to be wanted: text that is thrown away soon would
 * stay in the heap for a while.
 */

/** Of a refusal only the first words matter. */
const mostOfRefusal = 64 * 1024
/**
 * Logs are kept whole up to twice this much; of longer ones the first and the last part, so that both ends are there.
 */
const partOfLog = 16 * 1024 * 1024
/** A log that is longer than this is not read to its end. */
const mostOfLog = 256 * 1024 * 1024

/** How a body is read: all of it up to a number of bytes, or as a log. */
export type BodyLimit = number | 'log'

/** Reads a body to its end. Rejects with a `WexflowError` (`tooLarge`) where it is longer than its limit. */
export function readBody(answer: FetchAnswer, limit: BodyLimit): Promise<string> {
  if (answer.status !== 200) return readRefusal(answer)
  return limit === 'log' ? readLog(answer) : readWhole(answer, limit)
}

/** Reads the beginning of a body that says why there is no other answer. */
export async function readRefusal(answer: FetchAnswer): Promise<string> {
  const begin = new Chunks()
  await eachChunk(answer, (chunk) => {
    begin.push(chunk)
    return begin.length < mostOfRefusal
  })
  return begin.text().slice(0, mostOfRefusal)
}

async function readWhole(answer: FetchAnswer, most: number): Promise<string> {
  const whole = new Chunks()
  await eachChunk(answer, (chunk) => {
    whole.push(chunk)
    return whole.length <= most
  })
  if (whole.length > most) throw tooLarge(most)
  return whole.text()
}

/** Reads a log, which is one JSON string, in what time allows and memory bears. */
async function readLog(answer: FetchAnswer): Promise<string> {
  const head = new Chunks()
  const tail = new Chunks()
  let dropped = 0
  const length = (): number => head.length + tail.length + dropped
  await eachChunk(answer, (chunk) => {
    if (head.length < partOfLog) head.push(chunk)
    else {
      tail.push(chunk)
      dropped += tail.dropWhileOver(partOfLog)
    }
    return length() <= mostOfLog
  })
  if (length() > mostOfLog) throw tooLarge(mostOfLog)
  if (dropped > 0) return joined(head.text(), tail.text(), dropped)
  for (const chunk of tail.all) head.push(chunk)
  return head.text()
}

/** Pieces of a body, in the order in which they came. */
class Chunks {
  readonly all: Uint8Array[] = []
  /** In bytes. */
  length = 0

  push(chunk: Uint8Array): void {
    this.all.push(chunk)
    this.length += chunk.byteLength
  }

  /** Drops the oldest as long as the others are at least so many bytes. @returns how many bytes it dropped */
  dropWhileOver(bytes: number): number {
    const before = this.length
    while (this.length - (this.all[0]?.byteLength ?? 0) >= bytes)
      this.length -= this.all.shift()?.byteLength ?? 0
    return before - this.length
  }

  text(): string {
    return new TextDecoder().decode(Buffer.concat(this.all))
  }
}

/**
 * The two ends of a JSON string as one, with a line between them that says what is missing. That line is in ASCII: V8
 * keeps two bytes for each character of a text that has a single one beyond Latin-1.
 */
function joined(head: string, tail: string, dropped: number): string {
  const lineStart = /[^\\]\\n/u.exec(tail)
  const end = lineStart === null ? '"' : tail.slice(lineStart.index + lineStart[0].length)
  return `${wholeEscapes(head)}\\r\\n[... ${dropped} bytes of this log are left out here ...]\\r\\n${end}`
}

/** Text of a JSON string without an escape sequence that was cut at its end. */
function wholeEscapes(text: string): string {
  const at = text.lastIndexOf('\\')
  if (at === -1 || at < text.length - 6) return text
  let first = at
  while (text[first - 1] === '\\') first -= 1
  // An even number of backslashes before this one stand for themselves.
  if ((at - first) % 2 === 1) return text
  const whole = text[at + 1] === 'u' ? 6 : 2
  return text.length - at < whole ? text.slice(0, at) : text
}

const tooLarge = (most: number): WexflowError =>
  new WexflowError('tooLarge', `longer than ${most} bytes`, true)

/** Hands on a body as it comes, until its end or until `take` says that it is enough. */
async function eachChunk(answer: FetchAnswer, take: (chunk: Uint8Array) => boolean): Promise<void> {
  if (answer.body === null) {
    take(new TextEncoder().encode(await answer.text()))
    return
  }
  const reader = answer.body.getReader()
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    if (take(chunk.value)) continue
    // Breaks the connection: what is still to come is wanted by nobody.
    reader.cancel().catch(() => {})
    return
  }
}
