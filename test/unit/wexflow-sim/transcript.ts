import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * The recorded exchanges with a real server, read into what a replay needs. Times are in seconds.
 */

const folder = new URL('../../wexflow-sim/transcripts/', import.meta.url)

const note = z.object({ at: z.number(), note: z.string() })

/** A call that took longer waited for the server, which did it at the end; in seconds. */
const waitsOver = 0.4

const call = z
  .object({
    at: z.number(),
    took: z.number().default(0),
    /** What was found, in place of an answer too long to keep. */
    note: z.string().optional(),
    request: z.string(),
    body: z.unknown().optional(),
    status: z.number(),
    headers: z.record(z.string(), z.string()),
    response: z.string(),
  })
  .transform(({ at, took, ...others }) => ({ at: took > waitsOver ? at + took : at, ...others }))

const stream = z.object({
  at: z.number(),
  stream: z.string(),
  request: z.string(),
  chunks: z.array(z.object({ at: z.number(), bytes: z.string() })),
  end: z.string(),
  ended: z.number(),
})

const transcript = z.object({ about: z.string(), events: z.array(z.union([call, stream, note])) })

export type RecordedNote = z.infer<typeof note>
export type RecordedCall = z.infer<typeof call>
export type RecordedStream = z.infer<typeof stream>

/** The names of all transcripts. */
export const transcriptNames = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))

/** A transcript's events in the order in which the server came to them. */
export function readTranscript(name: string): (RecordedCall | RecordedStream | RecordedNote)[] {
  const { events } = transcript.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')))
  return events.sort((a, b) => a.at - b.at)
}

/** The head of a recorded answer. */
export function recordedHead(bytes: string): { status: number; headers: Record<string, string> } {
  const [statusLine = '', ...lines] = bytes.slice(0, bytes.indexOf('\r\n\r\n')).split('\r\n')
  const headers = lines.map((line) => line.split(': '))
  return { status: Number(statusLine.split(' ')[1]), headers: Object.fromEntries(headers) }
}

/** The payloads of recorded bytes, freed from head and chunk lengths. */
export function recordedPayloads(bytes: string): string[] {
  let rest = Buffer.from(bytes.startsWith('HTTP/1.1') ? bytes.slice(bytes.indexOf('\r\n\r\n') + 4) : bytes)
  const payloads: string[] = []
  while (rest.length > 0) {
    const lineEnd = rest.indexOf('\r\n')
    const length = Number.parseInt(rest.subarray(0, lineEnd).toString(), 16)
    if (length > 0) payloads.push(rest.subarray(lineEnd + 2, lineEnd + 2 + length).toString())
    rest = rest.subarray(lineEnd + 2 + length + 2)
  }
  return payloads
}
