import type { Socket } from 'node:net'
import type { Agent, buildConnector, Dispatcher } from 'undici'
import type { Dialer } from '../network/dialer.ts'
import type { Route } from '../network/proxies.ts'
import { WexflowError } from './errors.ts'
import { networkFailure } from './failures.ts'
import type * as undici from './undici-parts.ts'

/** undici as it was loaded. */
export type Undici = typeof undici

/** The connections over one route, by what they are for. */
export interface Agents {
  call: Dispatcher
  readonly alone: Dispatcher
  stream: Dispatcher
  /** Those that are closed as soon as nothing is under way on them. */
  readonly others: Set<Dispatcher>
  readonly newAgent: (options: Agent.Options) => Dispatcher
  /** Of one connection, which is opened once. */
  readonly newSingle: () => Dispatcher
}

/** Counts what goes on at the same time. */
export class Tally {
  readonly #all = new Set<symbol>()

  get count(): number {
    return this.#all.size
  }

  /** Returns what tells that it is over, once or more often. */
  enter(): () => void {
    const one = Symbol('one')
    this.#all.add(one)
    return () => this.#all.delete(one)
  }
}

/** @param connections counts those that are open or being opened */
export function newAgents(loaded: Undici, dialer: Dialer, route: Route, connections: Tally): Agents {
  const connect: buildConnector.connector = ({ hostname, port, protocol }, callback) => {
    const isEncrypted = protocol === 'https:'
    const target = {
      host: hostname,
      port: port === '' ? { http: 80, https: 443 }[isEncrypted ? 'https' : 'http'] : Number(port),
    }
    void handOver(dialer.connect(target, isEncrypted, route), connections.enter(), callback)
  }
  // Every request has a deadline of its own (client.ts); undici's limits would break a slow start before it.
  const unlimited = { headersTimeout: 0, bodyTimeout: 0 }
  const newAgent = (options: Agent.Options): Dispatcher => {
    const agent = new loaded.Agent({ connect, ...unlimited, ...options })
    return route.kind === 'direct' ? agent : agent.compose(wholeAddresses)
  }
  const newSingle = (): Dispatcher => {
    let isOpened = false
    return newAgent({
      connections: 1,
      connect: (options, callback) => {
        if (isOpened) callback(new WexflowError('unreachable', 'ECONNRESET', false), null)
        else connect(options, callback)
        isOpened = true
      },
    })
  }
  return {
    newAgent,
    newSingle,
    call: newAgent({}),
    // Without pipelining undici keeps no connection for another request.
    alone: newAgent({ pipelining: 0 }),
    stream: newAgent({}),
    others: new Set(),
  }
}

async function handOver(
  connection: Promise<Socket>,
  onClosed: () => void,
  callback: buildConnector.Callback,
): Promise<void> {
  let socket: Socket
  try {
    socket = await connection
  } catch (error) {
    onClosed()
    callback(networkFailure(error), null)
    return
  }
  socket.once('close', onClosed)
  callback(null, socket)
}

/** A proxy that is spoken to in the clear is told the whole address. */
const wholeAddresses: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const origin = String(options.origin ?? '')
  return dispatch(
    origin.startsWith('http:') ? { ...options, path: `${origin}${options.path}` } : options,
    handler,
  )
}

/** Closes the connections on which nothing is under way: where there are only so many, others need them. */
export function closeIdle(agents: Agents): void {
  const { call, stream, others, newAgent } = agents
  agents.call = newAgent({})
  agents.stream = newAgent({})
  for (const agent of [call, stream]) closeOnceIdle(agent, others)
}

/** @param others holds it as long as something is under way on it */
export function closeOnceIdle(agent: Dispatcher, others: Set<Dispatcher>): void {
  others.add(agent)
  void agent.close().finally(() => others.delete(agent))
}
