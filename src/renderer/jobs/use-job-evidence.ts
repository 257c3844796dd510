import { useEffect, useState } from 'react'
import type { JobView } from '../../shared/job-view.ts'
import type { Evidence } from '../../shared/outcome.ts'
import { bridge } from '../bridge.ts'

const none: readonly Evidence[] = []

/**
 * What was observed of a job, oldest first: asked for when the job is shown, and again with each change of it, which
 * main tells by a new view even where only the evidence has grown. An answer that comes after the next change, or after
 * the component's life, is dropped.
 */
export function useJobEvidence(job: JobView): readonly Evidence[] {
  const [evidence, setEvidence] = useState(none)
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<void> => {
      try {
        const answer = await bridge.jobEvidence({ key: job.key })
        if (isWanted) setEvidence(answer)
      } catch {
        // What was read before stays; main logs why it could not answer.
      }
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [job])
  return evidence
}
