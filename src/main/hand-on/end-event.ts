import type { Translator } from '../../shared/i18n.ts'
import type { EndedJobView } from '../../shared/job-view.ts'
import type { Outcome, Reason } from '../../shared/outcome.ts'
import { jobToast, type ServerOf } from '../notify/texts.ts'

/** What is handed on of the end of a job. Null where something is not known, or there is nothing to say. */
export interface EndEvent {
  readonly event: 'jobEnded' | 'test'
  /** The same for whatever is handed on of this end: who gets it twice can tell. */
  readonly id: string
  /** One line and several, in the language of the app, as its notification has them. */
  readonly title: string
  readonly text: string
  readonly workflow: string
  readonly workflowId: number | null
  /** Wexflow's id of the job. */
  readonly jobId: string | null
  /** What the person calls the server. */
  readonly server: string | null
  readonly outcome: Outcome
  /** The outcome that was handed on before and was not the right one. */
  readonly corrects: Outcome | null
  readonly reason: Reason | null
  /** The last line of the log that says what went wrong. */
  readonly error: string | null
  readonly durationMs: number | null
  /** ISO 8601, in UTC. */
  readonly endedAt: string | null
}

export interface Naming {
  readonly texts: Translator
  /** What is said of a server in a text. */
  readonly serverOf: ServerOf
  readonly nameOf: ServerOf
}

/** What is handed on of this end. */
export function endEvent(job: EndedJobView, corrects: Outcome | null, naming: Naming): EndEvent {
  const { texts, serverOf, nameOf } = naming
  const { outcome, reason, errorLine, durationMs, endedAt } = job.state
  const before = corrects === null ? null : ({ at: 0, outcome: corrects, how: 'shown' } as const)
  const { title, body } = jobToast(job, before, texts.t, texts.locale, serverOf)
  return {
    event: 'jobEnded',
    id: `${job.key}:${outcome}`,
    title: withoutMarks(title),
    text: withoutMarks(body),
    workflow: job.workflowName,
    workflowId: job.workflowId,
    jobId: job.jobId,
    server: nameOf(job.serverId),
    outcome,
    corrects,
    reason,
    error: errorLine,
    durationMs,
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  }
}

/** What a test hands on: it looks like an end, and says that it is none. */
export const testEvent = ({ t }: Translator): EndEvent => ({
  event: 'test',
  id: 'test',
  title: t('handOn.test.title'),
  text: t('handOn.test.text'),
  workflow: t('handOn.test.workflow'),
  workflowId: null,
  jobId: null,
  server: null,
  outcome: 'done',
  corrects: null,
  reason: null,
  error: null,
  durationMs: null,
  endedAt: null,
})

/** Marks of direction are for a desktop; services have their own way with names. */
const withoutMarks = (text: string): string => text.replaceAll(/[\u2068\u2069]/gu, '')
