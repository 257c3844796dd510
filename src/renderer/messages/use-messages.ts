import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../shared/failure.ts'
import type { Message } from '../../shared/message.ts'
import { bridge } from '../bridge.ts'

/** What is known of a server's messages. */
interface Known {
  /** Newest first; null until they were read once. */
  readonly messages: readonly Message[] | null
  /** How many older ones there are. */
  readonly leftOut: number
  /** Why they could not be read; `appFailed` where it was this app's own fault. */
  readonly failure: Failure | 'appFailed' | null
  readonly hasMarkFailed: boolean
}

const nothingYet: Known = { messages: null, leftOut: 0, failure: null, hasMarkFailed: false }

const unreadOf = (messages: readonly Message[]): readonly Message[] =>
  messages.filter(({ isRead }) => !isRead)

/**
 * Reads the messages of a server, anew where it turns out to have other unread ones.
 * @param unreadCount how many it has as far as main knows
 */
export function useMessages(
  serverId: string,
  unreadCount: number,
): {
  readonly known: Known
  readonly unread: readonly Message[]
  readonly read: () => void
  readonly markRead: (ids: readonly string[]) => void
} {
  const [known, setKnown] = useState(nothingYet)
  const isDrawn = useRef(true)
  const change = useCallback((next: (before: Known) => Known): void => {
    if (isDrawn.current) setKnown(next)
  }, [])
  const readNow = useCallback(async (): Promise<void> => {
    try {
      const answer = await bridge.run({ kind: 'readMessages', serverId })
      if (answer.ok) {
        const { messages, leftOut } = answer
        change(() => ({ messages, leftOut, failure: null, hasMarkFailed: false }))
      } else change((before) => ({ ...before, failure: answer.failure }))
    } catch {
      change((before) => ({ ...before, failure: 'appFailed' }))
    }
  }, [serverId, change])
  const markNow = async (ids: readonly string[]): Promise<void> => {
    const marked = await bridge
      .run({ kind: 'markMessagesRead', serverId, ids: [...ids] })
      .catch(() => ({ ok: false }))
    change(({ messages, ...before }) => ({
      ...before,
      hasMarkFailed: !marked.ok,
      messages:
        messages?.map((message) =>
          marked.ok && ids.includes(message.id) ? { ...message, isRead: true } : message,
        ) ?? null,
    }))
  }

  useEffect(() => {
    isDrawn.current = true
    return () => {
      isDrawn.current = false
    }
  }, [])
  const unread = unreadOf(known.messages ?? [])
  const isStale = known.messages === null || unread.length !== unreadCount
  useEffect(() => {
    if (isStale) void readNow()
  }, [readNow, isStale])
  return {
    known,
    unread,
    read: () => void readNow(),
    markRead: (ids) => void markNow(ids),
  }
}
