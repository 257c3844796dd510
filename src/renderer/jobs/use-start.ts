import { type RefObject, useEffect, useRef } from 'react'
import type { JobView } from '../../shared/job-view.ts'
import { bridge } from '../bridge.ts'
import { useStore } from '../hooks.ts'
import type { ServerWorkflow } from './workflow-order.ts'

interface Awaited {
  readonly serverId: string
  readonly workflowId: number
  /** Milliseconds since 1970. */
  readonly since: number
}

/**
 * Starts workflows; the job that comes of it is selected as soon as main tells of it.
 * @param list takes the focus where the first job replaces the button that had it
 */
export function useStart(
  jobs: readonly JobView[],
  list: RefObject<HTMLElement | null>,
): (workflow: ServerWorkflow) => void {
  const { setView } = useStore()
  const awaited = useRef<Awaited | null>(null)
  useEffect(() => {
    if (awaited.current === null) return
    const { serverId, workflowId, since } = awaited.current
    const job = jobs.find(
      (one) => one.serverId === serverId && one.workflowId === workflowId && one.requestedAt >= since,
    )
    if (job === undefined) return
    awaited.current = null
    setView({ selectedKey: job.key })
    if (document.activeElement === document.body) list.current?.focus()
  }, [jobs, list, setView])

  return ({ workflow, server }) => {
    const start = { serverId: server.id, workflowId: workflow.id }
    awaited.current = { ...start, since: Date.now() }
    // What goes wrong is the job's outcome; where main made no job of it, there is nothing to wait for.
    bridge.run({ kind: 'startWorkflow', ...start }).catch(() => {
      awaited.current = null
    })
  }
}
