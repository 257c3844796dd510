import { once } from 'node:events'
import { chmod, lstat, mkdir, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { codeOf } from '../platform/error-code.ts'
import type { Log } from '../platform/log.ts'
import type { Control } from './control.ts'
import { jsonLines, LineTooLong } from './json-lines.ts'
import {
  type AnswerLine,
  anyCallSchema,
  callSchema,
  mostOfQuestion,
  protocol,
  type Question,
  values,
} from './protocol.ts'

/** Command lines that are answered at once. */
const mostConnections = 32
/** Milliseconds that a question may take to come. */
const questionWithinMs = 10_000

export interface ControlSocketOptions {
  readonly control: Control
  /** A socket's path or, on Windows, a pipe's (control-address.ts). */
  readonly address: string
  readonly platform: NodeJS.Platform
  readonly log: Log
}

/** The app's side of the command line, while it listens. */
export interface ControlSocket {
  close(): Promise<void>
}

/**
 * Listens for command lines of the same user. Null where the system does not let us, which the log says: the app does
 * without. Only one app may listen for a folder (single-instance.ts): a socket that is there is left over from one that died.
 */
export async function openControlSocket(options: ControlSocketOptions): Promise<ControlSocket | null> {
  const { control, address, platform, log } = options
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    void converse(socket, control, log)
  })
  server.maxConnections = mostConnections
  try {
    if (platform !== 'win32') await clear(address)
    server.listen(address)
    await once(server, 'listening')
  } catch (error) {
    log.warn('the command line can’t reach this app', codeOf(error))
    return null
  }
  return {
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Somebody else's, or no socket: it is left alone. */
class NotOurs extends Error {
  override readonly name = 'NotOurs'
  readonly code = 'ENOTOURS'
}

/** Makes the socket's folder one that nobody else may enter, and takes away what a crash has left there. */
async function clear(address: string): Promise<void> {
  const folder = dirname(address)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const status = await lstat(folder)
  if (!status.isDirectory() || status.uid !== process.getuid?.()) throw new NotOurs(folder)
  await chmod(folder, 0o700)
  const old = await lstat(address).catch(() => null)
  if (old === null) return
  if (!old.isSocket()) throw new NotOurs(address)
  await rm(address)
}

/** Answers the one question of a connection, until it was answered or nobody listens any more. */
async function converse(socket: Socket, control: Control, log: Log): Promise<void> {
  const over = new AbortController()
  socket.setTimeout(questionWithinMs, () => socket.destroy())
  let isAsked = false
  try {
    for await (const line of jsonLines(socket, mostOfQuestion)) {
      // Nobody asks twice.
      if (isAsked) break
      isAsked = true
      socket.setTimeout(0)
      void answer(line, socket, control, over.signal, log)
    }
  } catch (error) {
    // Anything else is a command line that has hung up.
    if (error instanceof LineTooLong || error instanceof SyntaxError)
      log.warn('a command line was not understood', error.name)
  } finally {
    over.abort()
    socket.destroy()
  }
}

async function answer(
  line: unknown,
  socket: Socket,
  control: Control,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  const say = (said: AnswerLine): Promise<unknown> | null =>
    socket.write(`${JSON.stringify(said)}\n`) ? null : once(socket, 'drain', { signal }).catch(() => null)
  const call = callSchema.safeParse(line)
  if (!call.success) {
    const other = anyCallSchema.safeParse(line)
    const isOther = other.success && other.data.protocol !== protocol
    await say({ refusal: isOther ? 'otherVersion' : 'notUnderstood' })
  } else
    try {
      for await (const value of answersTo(call.data.question, control, signal)) {
        if (signal.aborted) return
        await say({ value })
      }
    } catch (error) {
      log.error(`the command line’s question ${call.data.question.kind} failed`, error)
      await say({ refusal: 'failed' })
    }
  socket.end()
}

/** What is answered, without what a command line has no business to know. */
async function* answersTo(question: Question, control: Control, signal: AbortSignal): AsyncGenerator {
  switch (question.kind) {
    case 'servers':
      for await (const servers of control.servers(signal)) yield values.servers.parse(servers)
      return
    case 'jobs':
      yield values.jobs.parse(await control.jobs(question.most))
      return
    case 'jobsCalled':
      yield values.jobsCalled.parse(await control.jobsCalled(question.called))
      return
    case 'follow':
      for await (const followed of control.follow(question.key, signal)) yield values.follow.parse(followed)
      return
    case 'run':
      yield await control.run(question.command)
  }
}
