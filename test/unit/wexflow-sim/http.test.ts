import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ServedSim, serve } from '../../wexflow-sim/http.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'

const workflows = [
  // It ends once it was approved, so that no test is in a hurry.
  simWorkflow({ id: 1, name: 'Short', waitsForApprovalAfterMs: 1, durationMs: 1 }),
  simWorkflow({ id: 2, name: 'Long', durationMs: 60_000 }),
]

async function served(): Promise<{ sim: WexflowSim; server: ServedSim; token: string }> {
  const sim = new WexflowSim({ workflows })
  const server = await serve(sim)
  onTestFinished(() => server.close())
  return { sim, server, token: sim.tokens.issue('admin', null) }
}

/** The bytes that come on a bare connection after one request. */
class Wire {
  readonly socket: Socket
  /** The connection is gone, by an end or a reset. */
  readonly closed: Promise<void>
  received = ''

  constructor(server: ServedSim, request: string, token: string | null) {
    this.socket = connect(server.port, '127.0.0.1')
    this.socket.setEncoding('utf8').on('data', (text) => {
      this.received += String(text)
    })
    this.socket.on('error', () => undefined)
    this.closed = new Promise((resolve) => {
      this.socket.once('close', () => resolve())
    })
    onTestFinished(() => {
      this.socket.destroy()
    })
    const authorization = token === null ? '' : `Authorization: Bearer ${token}\r\n`
    this.socket.write(`${request} HTTP/1.1\r\nHost: sim\r\n${authorization}\r\n`)
  }

  /** Something may have come behind it in one piece with it. */
  async until(text: string): Promise<void> {
    while (!this.received.includes(text)) await once(this.socket, 'data')
  }

  body(): string {
    return this.received.slice(this.received.indexOf('\r\n\r\n') + 4)
  }
}

function startJob(sim: WexflowSim, id: number): string {
  return sim.startElsewhere(id)
}

describe('the bytes on the wire', () => {
  test('a job stream sends nothing, not even headers, before its frame, and then ends', async () => {
    const { sim, server, token } = await served()
    const jobId = startJob(sim, 1)
    const wire = new Wire(server, `GET /api/v1/sse/1/${jobId}`, token)
    const counts = new Wire(server, 'GET /api/v1/sse/status-count', token)
    await counts.until(': keep-alive\n\n\r\n')
    await expect.poll(() => sim.openStreams('jobStream')).toBe(1)
    expect(wire.received).toBe('')
    await expect.poll(() => sim.decideElsewhere(1, jobId, true)).toBe(true)
    await wire.until('0\r\n\r\n')
    const frame = `data: {"workflowId":1,"jobId":"${jobId}","status":"Done","name":"Short","description":"Short"}\n\n`
    expect(wire.received).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(wire.body()).toBe(`${frame.length.toString(16)}\r\n${frame}\r\n0\r\n\r\n`)
  })

  test('a change stream says at once that it lives, in a chunk of its own', async () => {
    const { server, token } = await served()
    const wire = new Wire(server, 'GET /api/v1/sse/status-count', token)
    await wire.until(': keep-alive\n\n\r\n')
    expect(wire.received).toMatch(/content-type: text\/event-stream\r\n/i)
    expect(wire.body()).toBe('e\r\n: keep-alive\n\n\r\n')
  })

  test.each([
    ['GET /api/v1/search?s=', null, '401', 'chunked', 'c\r\nUnauthorized\r\n0\r\n\r\n'],
    ['GET /api/v1/jobs?w=77', 'good', '200', 'content-length: 0', ''],
    ['GET /api/v1/workflow?w=abc', 'good', '500', 'content-length: 0', ''],
    ['GET /api/v1/sse/77/x', 'good', '400', 'content-length: 0', ''],
    ['GET /api/v1/sse/abc/x', 'good', '404', 'content-length: 0', ''],
  ])('%s with %s token', async (request, kind, status, header, body) => {
    const { server, token } = await served()
    const wire = new Wire(server, request, kind === null ? null : token)
    await wire.until(`\r\n\r\n${body}`)
    expect(wire.received).toContain(`HTTP/1.1 ${status} `)
    expect(wire.received.toLowerCase()).toContain(header)
    expect(wire.body()).toBe(body)
  })
})

describe('a server that goes and comes back', () => {
  test('killed: streams break, connections are refused, and it is back on the same port', async () => {
    const { sim, server, token } = await served()
    const wire = new Wire(server, 'GET /api/v1/sse/status-count', token)
    await wire.until(': keep-alive\n\n\r\n')
    sim.shutDown('killed')
    await wire.closed
    await expect(fetch(`${server.baseUrl}/hello`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    sim.startUp()
    await server.listening()
    expect((await fetch(`${server.baseUrl}/hello`)).status).toBe(200)
  })

  test('politely: nobody new gets in, and a job that ends meanwhile still sends its frame', async () => {
    const { sim, server, token } = await served()
    const jobId = startJob(sim, 1)
    const short = new Wire(server, `GET /api/v1/sse/1/${jobId}`, token)
    const long = new Wire(server, `GET /api/v1/sse/2/${startJob(sim, 2)}`, token)
    const counts = new Wire(server, 'GET /api/v1/sse/status-count', token)
    await counts.until(': keep-alive\n\n\r\n')
    // A request that has not reached the server yet is somebody new.
    await expect.poll(() => sim.openStreams('jobStream')).toBe(2)
    sim.shutDown('polite', 2000)
    await expect(fetch(`${server.baseUrl}/hello`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    await expect.poll(() => sim.decideElsewhere(1, jobId, true)).toBe(true)
    await short.until('0\r\n\r\n')
    expect(short.received).toContain('"status":"Done"')
    await long.closed
    expect(long.received).toBe('')
    expect(sim.truth(jobId)).toMatchObject({ outcome: 'Done', observable: true })
  })

  test('an answer that is lost breaks the connection', async () => {
    const { sim, server, token } = await served()
    sim.faults.set({ startAnswerLost: { next: 1 } })
    const options = { method: 'POST', headers: { Authorization: `Bearer ${token}` } }
    await expect(fetch(`${server.baseUrl}/start?w=2`, options)).rejects.toThrow('fetch failed')
    expect(sim.startsCarriedOut(2)).toBe(1)
  })
})
