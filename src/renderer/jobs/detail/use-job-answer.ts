import { useEffect, useState } from 'react'
import type { JobView } from '../../../shared/job-view.ts'
import type { Evidence } from '../../../shared/outcome.ts'
import type { Told } from '../../../shared/told.ts'
import { bridge } from '../../bridge.ts'

/**
 * What main answers about a job: asked for when the job is shown, and again with each change of it, which main tells by
 * a new view even where that says the same. An answer that comes after the next change, or after the component's life,
 * is dropped.
 * @param ask the same function each time
 */
function useJobAnswer<Answer>(
  job: JobView,
  ask: (question: { key: string }) => Promise<Answer>,
  none: Answer,
): Answer {
  const [answer, setAnswer] = useState(none)
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<void> => {
      try {
        const fresh = await ask({ key: job.key })
        if (isWanted) setAnswer(fresh)
      } catch {
        // What was read before stays; main logs why it could not answer.
      }
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [job, ask])
  return answer
}

const noEvidence: readonly Evidence[] = []

/** What was observed of a job, oldest first. */
export const useJobEvidence = (job: JobView): readonly Evidence[] =>
  useJobAnswer(job, bridge.jobEvidence, noEvidence)

/** What the person was told of how a job ended; null where nothing was, or the answer is still to come. */
export const useJobTold = (job: JobView): Told | null => useJobAnswer(job, bridge.jobTold, null)
