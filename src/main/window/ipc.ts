import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import {
  type RequestHandlers,
  type RequestInput,
  type RequestName,
  requests,
  type WindowHandlers,
} from '../../shared/ipc.ts'
import type { Log } from '../platform/log.ts'
import { isAppUrl } from './protocol.ts'

/** The frame that a message came from; null once it has navigated away or was destroyed. */
export interface Sender {
  readonly url: string
  readonly parent: unknown
}

/** Only the top frame of our own page may ask for anything. */
export function isTrustedSender(sender: Sender | null): boolean {
  return sender !== null && sender.parent === null && isAppUrl(sender.url)
}

/** The part of Electron's `ipcMain` that is used. */
export interface RequestRegistry extends Pick<IpcMain, 'handle'> {
  on(channel: string, listener: (event: IpcMainEvent) => void): void
}

/**
 * Answers every request of the contract. Its channel is the request's name. A message from a foreign frame or of a
 * wrong shape is refused and logged without its content, which may hold a password.
 */
export function answerRequests(registry: RequestRegistry, handlers: WindowHandlers, log: Log): void {
  for (const name of requestNames) answerRequest(registry, name, handlers[name], log)
  registry.on('snapshot', (event) => {
    event.returnValue = snapshotFor(event.senderFrame, handlers, log)
  })
}

/** Null where it is refused or fails: a page that waits needs an answer in any case. */
function snapshotFor(
  sender: Sender | null,
  { snapshot }: Pick<WindowHandlers, 'snapshot'>,
  log: Log,
): string | null {
  if (!isTrustedSender(sender)) {
    log.warn('refused: request snapshot from a foreign frame')
    return null
  }
  try {
    return snapshot()
  } catch (error) {
    log.error('request snapshot failed', error)
    return null
  }
}

/** The contract's table, typed so that a lookup by a name keeps that name's own type. */
const inputSchemas: { readonly [Name in RequestName]: { readonly in: z.ZodType<RequestInput<Name>> } } =
  requests

const requestNames = Object.keys(requests).filter((name): name is RequestName => name in requests)

function answerRequest<Name extends RequestName>(
  registry: RequestRegistry,
  name: Name,
  handler: RequestHandlers[Name],
  log: Log,
): void {
  registry.handle(name, async (event: IpcMainInvokeEvent, raw: unknown) => {
    if (!isTrustedSender(event.senderFrame)) {
      log.warn(`refused: request ${name} from a foreign frame`)
      throw new Error('refused: foreign sender')
    }
    const input = inputSchemas[name].in.safeParse(raw)
    if (!input.success) {
      const fields = input.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`)
      log.warn(`refused: request ${name} of a wrong shape`, fields.join(', '))
      throw new Error('refused: wrong shape')
    }
    try {
      return await handler(input.data)
    } catch (error) {
      log.error(`request ${name} failed`, error)
      throw new Error(`request ${name} failed`, { cause: error })
    }
  })
}
