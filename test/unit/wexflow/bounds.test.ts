import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parseRows } from '../../../src/main/wexflow/ask.ts'
import type { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { WexflowError } from '../../../src/main/wexflow/errors.ts'
import { isServersWord } from '../../../src/main/wexflow/failures.ts'
import { lastErrorLine, logDuration } from '../../../src/main/wexflow/log.ts'
import { workflowSchema } from '../../../src/main/wexflow/schemas.ts'
import { login } from '../../../src/main/wexflow/sign-in.ts'
import { connect, errorOf, kindOf, type LocalClient } from './local-client.ts'
import { readLines } from './read-lines.ts'

/** Answers that are larger than anything that a server has to say, or that hold what can't be read. */

const jobId = '2850d5ae-64d6-4d24-8e9d-5c1737f46809'
const megabyte = 'x'.repeat(1024 * 1024)

const json = (value: unknown): RequestListener => {
  const body = JSON.stringify(value)
  return (_request, response) => response.end(body)
}

function* forever<Chunk>(chunk: Chunk): Generator<Chunk> {
  for (;;) yield chunk
}

/** Writes without end, until the other side has had enough. */
const pour = (response: ServerResponse, chunk: string | Uint8Array): Promise<void> =>
  pipeline(Readable.from(forever(chunk)), response).catch(() => {})

/** What a client hears of a job stream. */
const listenTo = (client: WexflowClient): Promise<string> =>
  new Promise((resolve) => {
    client.openJobStream(1, jobId, {
      onFrame: ({ rawStatus }) => resolve(`frame ${rawStatus}`),
      onClosed: (error) => resolve(error instanceof WexflowError ? error.failure.kind : 'another error'),
    })
  })

const stamp = (second: string): string => `2026-11-24 03:12:${second}.000  INFO - [A / 1] `

/** The first megabytes that a bomb unpacks to: some hundred times as much comes of each byte. */
const bomb = gzipSync(`"${megabyte.repeat(80)}"`)

describe('a body that is too large', () => {
  const calls: readonly (readonly [string, (setup: LocalClient) => Promise<unknown>])[] = [
    ['search', ({ client }) => client.workflows()],
    ['workflow', ({ client }) => client.workflow(1)],
    ['jobs', ({ client }) => client.runningJobs(1)],
    ['entry', ({ client }) => client.entry(1, jobId)],
    ['history', ({ client }) => client.history('', 1, 10)],
    ['start', ({ client }) => client.start(1)],
    ['login', ({ transport, baseUrl }) => login(transport.call, baseUrl, 'u', 'p')],
  ]

  test.each(calls)('that never ends fails %s, and is not waited for', async (_name, ask) => {
    let closed: Promise<unknown> = Promise.resolve()
    const setup = await connect((_request, response) => {
      closed = once(response, 'close')
      void pour(response, `"${megabyte}`)
    })
    expect(await kindOf(ask(setup))).toBe('tooLarge')
    await closed
  })

  test.each(calls)('of a few bytes that unpack to many fails %s', async (_name, ask) => {
    const setup = await connect((_request, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb),
    )
    expect(await kindOf(ask(setup))).toBe('tooLarge')
  })

  test('is the word of a server that is there', async () => {
    const { client } = await connect((_request, response) => void pour(response, megabyte))
    expect(isServersWord((await errorOf(client.entry(1, jobId))).failure)).toBe(true)
  })

  test('of a refusal is read no further than it matters', async () => {
    const { client } = await connect((_request, response) => {
      response.writeHead(500)
      void pour(response, `Trouble ${megabyte}`)
    })
    expect(await kindOf(client.entry(1, jobId))).toBe('serverError')
  })

  test('fails a log that has no end', async () => {
    const { client } = await connect((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' })
      // A packed file may consist of any number of others.
      response.write(gzipSync('"'))
      void pour(response, gzipSync(megabyte))
    })
    expect(await kindOf(client.entryLog('1'))).toBe('tooLarge')
  })

  test('is read no further than it matters where it is no log', async () => {
    const { client } = await connect((_request, response) => void pour(response, `[${megabyte}`))
    expect(await kindOf(client.entryLog('1'))).toBe('badAnswer')
  })
})

describe('a stream', () => {
  test.each(['data: ', 'event: ', ': '])('with an event that never ends (%j) is closed', async (field) => {
    const { client } = await connect((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(field)
      void pour(response, megabyte)
    })
    expect(await listenTo(client)).toBe('tooLarge')
  })

  test('that is refused at endless length is refused', async () => {
    const { client } = await connect((_request, response) => {
      response.writeHead(404)
      void pour(response, megabyte)
    })
    expect(await listenTo(client)).toBe('noStream')
  })

  test('tells a status of any length as one short line', async () => {
    const status = `\u001B[31mOdd\n${megabyte.slice(0, 100_000)}`
    const { client } = await connect((_request, response) =>
      response
        .writeHead(200, { 'Content-Type': 'text/event-stream' })
        .end(`data: ${JSON.stringify({ jobId, status })}\n\n`),
    )
    expect(await listenTo(client)).toBe(`frame Odd ${'x'.repeat(60)}`)
  })
})

describe('texts', () => {
  test('of a workflow are cut and cleaned', async () => {
    const { client } = await connect(
      json([{ Id: 1, Name: `\u001B[31m${megabyte}`, Description: `a\n${megabyte}`, Status: megabyte }]),
    )
    const [workflow] = await client.workflows()
    expect(workflow?.name).toBe('x'.repeat(255))
    expect(workflow?.description).toBe(`a ${'x'.repeat(1998)}`)
    expect(workflow?.status).toBeNull()
  })

  test('of an entry are cut and cleaned', async () => {
    const { client } = await connect(
      json({
        Id: 7,
        WorkflowId: 1,
        Name: `a\u0000${megabyte}`,
        Status: `!${megabyte}`,
        StatusDate: megabyte,
      }),
    )
    const entry = await client.entry(1, jobId)
    expect(entry?.name).toBe(`a${'x'.repeat(254)}`)
    expect([entry?.rawStatus.length, entry?.statusDate.length]).toEqual([64, 64])
  })

  test('of a log keep their colours, and a line of a megabyte is cut', async () => {
    const { client } = await connect(json(`\u001B[31mred\u001B[0m\r\n${megabyte}\r\nlast`))
    const [first, second, third] = await readLines(client.wholeLog({ kind: 'entry', id: '1' }))
    expect([first, second?.length, third]).toEqual(['\u001B[31mred\u001B[0m', 64 * 1024 + 6, 'last'])
  })

  test('of a reason are cut and cleaned', () => {
    const line = `2026-11-24 03:12:46.502  ERROR - [A / 1] [Ftp] \u001B[31mbroken\u001B[0m ${megabyte}`
    expect(lastErrorLine([line])).toBe(`Ftp: broken ${'x'.repeat(1000 - 'Ftp: broken '.length)}`)
  })
})

describe('a row that can’t be read', () => {
  const good = { Id: 1, Name: 'A' }
  const bad = { Id: 'one', Name: 'B' }

  test('costs that row, and is told once', async () => {
    const { client, dropped } = await connect(json([good, bad, 'no row', { ...good, Id: 2 }]))
    expect((await client.workflows()).map(({ id }) => id)).toEqual([1, 2])
    await client.workflows()
    expect(dropped).toEqual([['search', 2]])
  })

  test('costs that row of a page, which is no last one for that', async () => {
    const entry = { Id: 7, WorkflowId: 1, Name: 'A', Status: 2, StatusDate: 'x' }
    const { client, dropped } = await connect(json([{ ...entry, WorkflowId: null }, entry]))
    expect(await client.history('', 1, 2)).toMatchObject({ rows: [{ id: '7' }], isLast: false })
    expect(await client.history('', 1, 3)).toMatchObject({ rows: [{ id: '7' }], isLast: true })
    expect(dropped).toEqual([['search-history-entries-by-page-order-by', 1]])
  })

  test('is a failure where no row can', async () => {
    const { client } = await connect(json([bad]))
    expect(await kindOf(client.workflows())).toBe('badAnswer')
  })

  test('is a failure among running jobs: one that can’t be read is not gone', async () => {
    const { client } = await connect(json([good, bad]))
    expect(await kindOf(client.runningJobs(1))).toBe('badAnswer')
  })
})

test('a list of many rows is read in pieces, and other work has its turn in between', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => ({ Id: index + 1, Name: `Workflow ${index + 1}` }))
  let turns = 0
  const asked = parseRows('search', JSON.stringify(rows), workflowSchema)
  setImmediate(() => {
    turns += 1
  })
  expect((await asked).rows).toHaveLength(5000)
  expect(turns).toBe(1)
})

describe('a long log', () => {
  const first = `${stamp('01')}Workflow started - Instance Id: ${jobId}`
  const error = `${stamp('59').replace('INFO', 'ERROR')}[Ftp] broken`
  const place = { kind: 'history', id: '1' } as const

  test('of 200,000 lines is whole', async () => {
    const lines = [first, ...Array.from({ length: 200_000 }, () => stamp('30') + 'x'.repeat(100)), error]
    const { client } = await connect(json(lines.join('\r\n')))
    expect(await readLines(client.wholeLog(place))).toEqual(lines)
  })

  test('that is too long to be kept has both ends, and says so in between', async () => {
    const filler = 'x'.repeat(98)
    const many = Array.from({ length: 600_000 }, () => filler)
    const { client } = await connect(json([first, ...many, error].join('\r\n')))
    const lines = await readLines(client.wholeLog(place))
    const marks = lines.filter((line) => line !== filler)
    expect(marks).toEqual([
      first,
      expect.stringMatching(/^\[\.\.\. \d+ lines of this log are left out here \.\.\.\]$/u),
      error,
    ])
    const dropped = Number(/\d+/u.exec(marks[1] ?? '')?.[0])
    expect(lines.length + dropped).toBe(many.length + 3)
    expect(lines.length).toBeGreaterThan(300_000)
  })

  test('tells the same as one that was kept', async () => {
    const many = Array.from({ length: 100_000 }, () => 'x'.repeat(98))
    const { client } = await connect(
      json([first, ...many, error, 'IOException: of the disk', ...many].join('\r\n')),
    )
    const lines = await client.entryLog('1')
    expect([lines[0], logDuration(lines), lastErrorLine(lines)]).toEqual([
      first,
      58_000,
      'Ftp: broken of the disk',
    ])
    expect(lines.length).toBeLessThan(1000)
  })

  test('that is left before its end is not waited for', async () => {
    let closed: Promise<unknown> = Promise.resolve()
    const { client } = await connect((_request, response) => {
      closed = once(response, 'close')
      response.write('"')
      void pour(response, `${'x'.repeat(98)}\\r\\n`)
    })
    for await (const lines of client.wholeLog(place)) if (lines.length > 0) break
    await expect(closed).resolves.toBeDefined()
  })

  test('that breaks off fails', async () => {
    const { client } = await connect((_request, response) => {
      response.write(`"${'x'.repeat(98)}\\r\\n`, () => response.destroy())
    })
    expect(await kindOf(readLines(client.wholeLog(place)))).toBe('unreachable')
  })
})
