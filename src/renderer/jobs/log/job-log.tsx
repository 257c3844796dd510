import { type ReactElement, useRef, useState } from 'react'
import type { JobView } from '../../../shared/job-view.ts'
import { LogNote } from './log-note.tsx'
import { LogView } from './log-view.tsx'
import { useJobLog } from './use-job-log.ts'

/** The job's log. */
export function JobLogPanel({ job, isFollowed }: Pick<LogProps, 'job' | 'isFollowed'>): ReactElement {
  const [attempt, setAttempt] = useState(0)
  const panel = useRef<HTMLDivElement>(null)
  const again = (): void => {
    // The button goes away; what it brings comes here.
    panel.current?.focus()
    setAttempt((count) => count + 1)
  }
  return (
    <div className="log" tabIndex={-1} ref={panel}>
      <Log key={`${attempt} ${isFollowed}`} job={job} isFollowed={isFollowed} onAgain={again} />
    </div>
  )
}

interface LogProps {
  readonly job: JobView
  /** Whether somebody is signed in to its server, which has the log. */
  readonly isFollowed: boolean
  readonly onAgain: () => void
}

function Log({ job, isFollowed, onAgain }: LogProps): ReactElement {
  const log = useJobLog(job, isFollowed)
  if (log.state === 'read') return <LogView log={log.log} workflow={job.workflowName} />
  // A job without an id has no log to be asked for.
  const canAsk = log.state !== 'empty' || job.jobId !== null
  return <LogNote log={log} onAgain={canAsk ? onAgain : null} />
}
