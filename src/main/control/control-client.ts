import { once } from 'node:events'
import { lstat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Command, CommandAnswer } from '../../shared/commands.ts'
import { codeOf } from '../platform/error-code.ts'
import type { Control } from './control.ts'
import { jsonLines } from './json-lines.ts'
import {
  answerLineSchema,
  commandAnswers,
  type ControlKind,
  mostOfAnswer,
  protocol,
  type Question,
  type refusals,
  values,
} from './protocol.ts'

/**
 * Why the app that runs does not answer: as it said itself; `gone`: it has ended; `foreign`: what stands in its socket's place
 * is somebody else's.
 */
export type ControlTrouble = (typeof refusals)[number] | 'gone' | 'foreign'

/** The app that runs does not answer. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly trouble: ControlTrouble

  constructor(trouble: ControlTrouble, cause?: unknown) {
    super(trouble, { cause })
    this.trouble = trouble
  }
}

/** By these a system says that nobody listens: there is no socket, or one that a crash has left. */
const nobody: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ECONNREFUSED'])

const isNobody = (error: unknown): boolean => nobody.has(codeOf(error))

/** Where the folder or the socket is not this user's, whoever listens there is somebody else. */
async function checkOwner(address: string): Promise<void> {
  for (const path of [dirname(address), address]) {
    const { uid } = await lstat(path)
    if (uid !== process.getuid?.()) throw new ControlError('foreign')
  }
}

async function connected(address: string): Promise<Socket> {
  const socket = connect(address)
  await once(socket, 'connect')
  return socket
}

/**
 * The app that listens at this address (control-address.ts); null where none does. Rejects with a `ControlError`, as
 * everything does that it is asked.
 */
export async function reachApp(address: string, platform: NodeJS.Platform): Promise<Control | null> {
  try {
    if (platform !== 'win32') await checkOwner(address)
    const socket = await connected(address)
    socket.destroy()
  } catch (error) {
    if (isNobody(error)) return null
    throw error instanceof ControlError ? error : new ControlError('failed', error)
  }
  return controlAt(address)
}

/** A question as it is sent: which command it is, its answer has to know. */
type SentQuestion =
  | Exclude<Question, { kind: 'run' }>
  | { readonly kind: 'run'; readonly command: { readonly kind: ControlKind } }

/** Never aborted. */
const forever = new AbortController().signal

function controlAt(address: string): Control {
  const answers = <Value>(question: SentQuestion, schema: z.ZodType<Value>, signal: AbortSignal) =>
    ask(address, question, schema, signal)
  const answer = async <Value>(question: SentQuestion, schema: z.ZodType<Value>): Promise<Value> => {
    for await (const value of answers(question, schema, forever)) return value
    throw new ControlError('gone')
  }
  return {
    servers: (signal) => answers({ kind: 'servers' }, values.servers, signal),
    jobs: (most) => answer({ kind: 'jobs', most }, values.jobs),
    jobsCalled: (called) => answer({ kind: 'jobsCalled', called }, values.jobsCalled),
    follow: (key, signal) => answers({ kind: 'follow', key }, values.follow, signal),
    run: <Kind extends ControlKind>(command: Command<Kind>): Promise<CommandAnswer<Kind>> => {
      const kind: Kind = command.kind
      return answer({ kind: 'run', command }, commandAnswers[kind])
    },
  }
}

/** Asks one question, and reads its answers until the app has no more of them, or `signal` is aborted. */
async function* ask<Value>(
  address: string,
  question: SentQuestion,
  schema: z.ZodType<Value>,
  signal: AbortSignal,
): AsyncGenerator<Value, void, void> {
  const socket = await connected(address).catch((error: unknown) => {
    throw new ControlError('gone', error)
  })
  const hangUp = (): void => void socket.destroy()
  signal.addEventListener('abort', hangUp)
  socket.write(`${JSON.stringify({ protocol, question })}\n`)
  try {
    for await (const line of jsonLines(socket, mostOfAnswer)) {
      const said = answerLineSchema.parse(line)
      if ('refusal' in said) throw new ControlError(said.refusal)
      yield schema.parse(said.value)
    }
  } catch (error) {
    if (signal.aborted) return
    if (error instanceof ControlError) throw error
    const isStrange = error instanceof z.ZodError || error instanceof SyntaxError
    throw new ControlError(isStrange ? 'notUnderstood' : 'gone', error)
  } finally {
    signal.removeEventListener('abort', hangUp)
    hangUp()
  }
  if (!signal.aborted) throw new ControlError('gone')
}
