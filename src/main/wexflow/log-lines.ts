import { shapeFailure } from './failures.ts'

/**
 * A log is one JSON string, which may be larger than all else that the app has in memory: it is read as it comes, some
 * lines at a time, and nowhere is all of it.
 */

/** Some lines of a log at a time, in their order. */
export type LogLines = AsyncIterable<readonly string[]>

/** Of a longer line, in UTF-16 units, the beginning: it may be a file that a tool wrote into its output. */
const longestLine = 64 * 1024
/** What a line takes in the window beside its text, in bytes. */
const lineCost = 40
/**
 * Of a log that takes more than both together, in bytes with one for each UTF-16 unit, the beginning and the end. Of a
 * larger end V8 would keep for long what later lines put out of it.
 */
const mostOfBegin = 47 * 1024 * 1024
const mostOfEnd = 1024 * 1024

const openingQuote = /^\s*"/u

/** Whether JSON that begins so is a string. */
export const isJsonString = (json: string): boolean => openingQuote.test(json)

/** Reads about as much of a text as is wanted. */
export async function beginOf(text: AsyncIterable<string>, most: number): Promise<string> {
  let begin = ''
  for await (const piece of text) {
    begin += piece
    if (begin.length > most) break
  }
  return begin
}

/**
 * The text in a JSON string, which comes in pieces.
 * @throws WexflowError (`badAnswer`) where the string has no end, or something follows it
 */
export async function* jsonStringText(
  what: string,
  pieces: AsyncIterable<string>,
): AsyncGenerator<string, void, void> {
  let rest = ''
  let isOpen = false
  let isClosed = false
  for await (const piece of pieces) {
    const json = isOpen ? rest + piece : piece.replace(openingQuote, '')
    isOpen = true
    if (isClosed && json.trim() !== '') throw shapeFailure(`${what}: broken JSON`)
    if (isClosed) continue
    const end = closingQuote(json)
    isClosed = end !== -1
    const whole = isClosed ? json.slice(0, end) : wholeEscapes(json)
    rest = isClosed ? json.slice(end + 1).trimStart() : json.slice(whole.length)
    yield unescaped(what, whole)
  }
  if (!isClosed || rest !== '') throw shapeFailure(`${what}: broken JSON`)
}

function unescaped(what: string, json: string): string {
  try {
    return String(JSON.parse(`"${json}"`))
  } catch {
    throw shapeFailure(`${what}: broken JSON`)
  }
}

/** Whether an odd number of backslashes stands before a character: an even one stands for themselves. */
function isEscaped(json: string, at: number): boolean {
  let first = at
  while (json[first - 1] === '\\') first -= 1
  return (at - first) % 2 === 1
}

/** Where a JSON string ends; -1 where it goes on. */
function closingQuote(json: string): number {
  let at = json.indexOf('"')
  while (at !== -1 && isEscaped(json, at)) at = json.indexOf('"', at + 1)
  return at
}

/** Text of a JSON string without an escape sequence that is cut at its end. */
function wholeEscapes(json: string): string {
  const at = json.lastIndexOf('\\')
  if (at === -1 || at < json.length - 6 || isEscaped(json, at)) return json
  const length = json[at + 1] === 'u' ? 6 : 2
  return json.length - at < length ? json.slice(0, at) : json
}

/** Cuts a text into its lines; a text without a character has none. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string[], void, void> {
  let rest = ''
  let isEmpty = true
  for await (const piece of text) {
    isEmpty &&= piece === ''
    const end = piece.lastIndexOf('\n')
    if (end !== -1) {
      yield (rest + piece.slice(0, end)).split('\n').map(lineOf)
      rest = ''
    }
    // What is cut off later need not be kept.
    if (rest.length <= longestLine) rest += piece.slice(end + 1)
  }
  if (!isEmpty) yield [lineOf(rest)]
}

function lineOf(text: string): string {
  if (text.length > longestLine) return `${text.slice(0, longestLine)} [...]`
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

/** A log with its middle left out where it is too long to be kept, and a line in its place that says so. */
export async function* bothEnds(log: LogLines): AsyncGenerator<readonly string[], void, void> {
  let beginCost = 0
  const end: { readonly lines: readonly string[]; readonly cost: number }[] = []
  let endCost = 0
  let dropped = 0
  for await (const lines of log) {
    const cost = lines.reduce((sum, line) => sum + line.length + lineCost, 0)
    if (beginCost < mostOfBegin) {
      beginCost += cost
      yield lines
      continue
    }
    end.push({ lines, cost })
    endCost += cost
    for (let [first] = end; first !== undefined && endCost - first.cost >= mostOfEnd; [first] = end) {
      end.shift()
      endCost -= first.cost
      dropped += first.lines.length
    }
  }
  if (dropped > 0) yield [`[... ${dropped} lines of this log are left out here ...]`]
  for (const { lines } of end) yield lines
}
