import { useEffect, useState } from 'react'
import type { JobView } from '../../../shared/job-view.ts'
import { bridge } from '../../bridge.ts'
import { type ReadLog, readLog } from './read-log.ts'

/**
 * What is known of a job's log. `early`: the server stores it when the job has ended. `notFollowed`: nobody is signed in
 * to the server.
 */
export type JobLog = { readonly state: 'notFollowed' | 'early' | 'loading' } | ReadLog

/** A frame tells the end a moment before the server has stored the log: one that has just ended is asked for twice. */
const freshMs = 10_000
const askAgainMs = 1500

/**
 * Reads the log of a job when it has ended, once in a component's life and for one job: an answer that comes after
 * it is dropped.
 */
export function useJobLog({ key, jobId, state }: JobView, isFollowed: boolean): JobLog {
  const [answer, setAnswer] = useState<JobLog>({ state: 'loading' })
  const learntAt = state.phase === 'ended' ? state.learntAt : null
  const hasLog = jobId !== null && isFollowed
  useEffect(() => {
    if (learntAt === null || !hasLog) return
    let isWanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async (isLast: boolean): Promise<void> => {
      const log = await readLog(bridge.run({ kind: 'jobLog', key }), () => isWanted)
      if (log === null) return
      if (log.state === 'empty' && !isLast) timer = setTimeout(() => void read(true), askAgainMs)
      else setAnswer(log)
    }
    void read(Date.now() - learntAt > freshMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [key, hasLog, learntAt])

  if (!isFollowed) return { state: 'notFollowed' }
  if (learntAt === null) return { state: 'early' }
  return hasLog ? answer : { state: 'empty' }
}
