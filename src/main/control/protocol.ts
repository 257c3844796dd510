import { z } from 'zod'
import { appStateSchema } from '../../shared/app-state.ts'
import type { CommandKind } from '../../shared/commands.ts'
import { jobViewSchema } from '../../shared/job-view.ts'

/** The commands that the command line has: the others belong to the window, or would show secrets. */
export type ControlKind = Extract<
  CommandKind,
  'startWorkflow' | 'stopJob' | 'suspendJob' | 'resumeJob' | 'approveJob' | 'rejectJob' | 'jobLog'
>

/** A server as the command line needs it. */
const controlServerSchema = appStateSchema.shape.servers.element.pick({
  id: true,
  name: true,
  ownName: true,
  baseUrl: true,
  username: true,
  link: true,
  failure: true,
  workflows: true,
  workflowsKnown: true,
})
export type ControlServer = z.infer<typeof controlServerSchema>

/** A job that is followed. */
const followedJobSchema = z.object({
  /** Null where it is not in the list any more. */
  job: jobViewSchema.nullable(),
  /** How long its workflow usually takes, in milliseconds; null where that is not known. */
  usualMs: z.number().nullable(),
})
export type FollowedJob = z.infer<typeof followedJobSchema>

/** More jobs than these are never listed at once. */
export const mostJobs = 1000
