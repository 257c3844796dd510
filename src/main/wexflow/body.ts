import { WexflowError } from './errors.ts'
import type { FetchAnswer } from './transport.ts'

/**
 * Reads bodies with a limit: an answer may never end, or unpack from a few bytes to gigabytes. Limits count UTF-16
 * units of the decoded text.
 */

/** Of a refusal only the first words matter. */
const mostOfRefusal = 64 * 1024
/**
 * Logs are kept whole up to twice this much; of longer ones the first and the last part, so that both ends are there.
 */
const partOfLog = 16 * 1024 * 1024
/** A log that is longer than this is not read to its end. */
const mostOfLog = 256 * 1024 * 1024

/** How a body is read: all of it up to a number of UTF-16 units, or as a log. */
export type BodyLimit = number | 'log'

/** Reads a body to its end. Rejects with a `WexflowError` (`tooLarge`) where it is longer than its limit. */
export function readBody(answer: FetchAnswer, limit: BodyLimit): Promise<string> {
  if (answer.status !== 200) return readRefusal(answer)
  return limit === 'log' ? readLog(answer) : readWhole(answer, limit)
}

/** Reads the beginning of a body that says why there is no other answer. */
export async function readRefusal(answer: FetchAnswer): Promise<string> {
  let text = ''
  await eachPart(answer, (part) => {
    text += part
    return text.length < mostOfRefusal
  })
  return text.slice(0, mostOfRefusal)
}

async function readWhole(answer: FetchAnswer, most: number): Promise<string> {
  const parts: string[] = []
  let length = 0
  await eachPart(answer, (part) => {
    parts.push(part)
    length += part.length
    return length <= most
  })
  if (length > most) throw tooLarge(most)
  return parts.join('')
}

/** Reads a log, which is one JSON string, in what time allows and memory bears. */
async function readLog(answer: FetchAnswer): Promise<string> {
  const head: string[] = []
  const tail: string[] = []
  let headLength = 0
  let tailLength = 0
  let length = 0
  let dropped = 0
  await eachPart(answer, (part) => {
    length += part.length
    if (headLength < partOfLog) {
      head.push(part)
      headLength += part.length
      return true
    }
    tail.push(part)
    tailLength += part.length
    while (tailLength - (tail[0]?.length ?? 0) >= partOfLog) {
      const oldest = tail.shift()?.length ?? 0
      tailLength -= oldest
      dropped += oldest
    }
    return length <= mostOfLog
  })
  if (length > mostOfLog) throw tooLarge(mostOfLog)
  if (dropped === 0) return head.concat(tail).join('')
  return joined(head.join(''), tail.join(''), dropped)
}

/** The two ends of a JSON string as one, with a line between them that says what is missing. */
function joined(head: string, tail: string, dropped: number): string {
  const lineStart = /[^\\]\\n/u.exec(tail)
  const end = lineStart === null ? '"' : tail.slice(lineStart.index + lineStart[0].length)
  return `${wholeEscapes(head)}\\r\\n[… ${dropped} characters of this log are left out here …]\\r\\n${end}`
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
  new WexflowError('tooLarge', `longer than ${most} characters`, true)

/** Hands on a body's text as it comes, until its end or until `take` says that it is enough. */
async function eachPart(answer: FetchAnswer, take: (part: string) => boolean): Promise<void> {
  if (answer.body === null) {
    take(await answer.text())
    return
  }
  const reader = answer.body.getReader()
  const decoder = new TextDecoder()
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    if (take(decoder.decode(chunk.value, { stream: true }))) continue
    // Breaks the connection: what is still to come is wanted by nobody.
    reader.cancel().catch(() => {})
    return
  }
  take(decoder.decode())
}
