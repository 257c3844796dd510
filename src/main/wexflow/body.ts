import { WexflowError } from './errors.ts'
import type { FetchAnswer } from './transport.ts'

/**
 * Reads bodies with a limit: an answer may never end, or unpack from a few bytes to gigabytes. Limits count bytes as they
 * are after unpacking. What comes is kept as bytes until it is known to be wanted: text that is thrown away soon would
 * stay in the heap for a while.
 */

/** A text that comes in pieces comes in such, in bytes: V8 soon frees small ones, and larger ones late. */
const mostOfPiece = 32 * 1024
/** Of a refusal only the first words matter. */
const mostOfRefusal = 64 * 1024

/**
 * Reads a body to its end. Rejects with a `WexflowError` (`tooLarge`) where it is longer than `most` bytes.
 */
export async function readBody(answer: FetchAnswer, most: number): Promise<string> {
  if (answer.status !== 200) return readRefusal(answer)
  const { chunks, length } = await readUpTo(answer, most)
  if (length > most) throw tooLarge(most)
  return textOf(chunks)
}

/** Reads the beginning of a body that says why there is no other answer. */
export async function readRefusal(answer: FetchAnswer): Promise<string> {
  const { chunks } = await readUpTo(answer, mostOfRefusal)
  return textOf(chunks).slice(0, mostOfRefusal)
}

/**
 * The text of a body, in pieces as they come. Whoever stops before the end breaks the connection. Throws a `WexflowError`
 * (`tooLarge`) where more than `most` bytes come.
 */
export async function* bodyText(answer: FetchAnswer, most: number): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder()
  let length = 0
  for await (const chunk of chunksOf(answer)) {
    length += chunk.byteLength
    if (length > most) throw tooLarge(most)
    for (let at = 0; at < chunk.byteLength; at += mostOfPiece) {
      const text = decoder.decode(chunk.subarray(at, at + mostOfPiece), { stream: true })
      if (text !== '') yield text
    }
  }
  const end = decoder.decode()
  if (end !== '') yield end
}

const tooLarge = (most: number): WexflowError =>
  new WexflowError('tooLarge', `longer than ${most} bytes`, true)

const textOf = (chunks: readonly Uint8Array[]): string => new TextDecoder().decode(Buffer.concat(chunks))

/** Reads until there are more than `most` bytes. */
async function readUpTo(
  answer: FetchAnswer,
  most: number,
): Promise<{ chunks: readonly Uint8Array[]; length: number }> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunksOf(answer)) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length > most) break
  }
  return { chunks, length }
}

/** A body as it comes. Whoever stops before its end breaks the connection: what is still to come is wanted by nobody. */
async function* chunksOf(answer: FetchAnswer): AsyncGenerator<Uint8Array, void, void> {
  if (answer.body === null) {
    yield new TextEncoder().encode(await answer.text())
    return
  }
  const reader = answer.body.getReader()
  let isAtEnd = false
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value
    isAtEnd = true
  } finally {
    if (!isAtEnd) reader.cancel().catch(() => {})
  }
}
