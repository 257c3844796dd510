import { type EndedJob, type Job, jobIdOf } from '../../src/main/tracking/job.ts'
import type { ModelRun, ServerState } from './server-model.ts'

/** What has to hold: what the app says, held against what the model knows to be true. */

/** The run that a start of the app truly has; null where it has none. */
const ownRun = ({ runs }: ServerState, { key }: Job): ModelRun | null =>
  runs.find(({ owner, phase }) => owner === key && phase !== 'dropped') ?? null

/** The run that the app takes for the job's. */
function claimedRun({ runs }: ServerState, job: Job): ModelRun | null {
  const jobId = jobIdOf(job)
  if (jobId === null) return null
  return (
    runs.find(
      ({ id, entry, history }) =>
        id === jobId ||
        (entry !== null && jobId.startsWith(`entry ${entry.id} `)) ||
        (history !== null && jobId === `row ${history.id}`),
    ) ?? null
  )
}

const isHow = (run: ModelRun | null, outcome: string): boolean => run?.fate?.toLowerCase() === outcome

/** Whether a start may still begin. */
const mayBegin = (server: ServerState, { key }: Job): boolean =>
  server.queue.some((owner) => owner === key) ||
  (key !== 'other' && server.runs.some(({ owner, phase }) => owner === key && phase === 'waiting'))

/** Whether nothing tells which run is whose: somebody else's is among them, or two of the app's starts have no id. */
const isOpenWhose = (server: ServerState, jobs: readonly Job[]): boolean =>
  server.runs.some(({ owner }) => owner === 'other') ||
  server.queue.includes('other') ||
  jobs.filter((job) => isNameless(server, job)).length > 1

/** The app does not know the id of the start's run, or was given one that never existed. */
const isNameless = ({ runs }: ServerState, { start, maybeOthers }: Job): boolean => {
  const { answer } = start
  return answer.kind !== 'id' || maybeOthers || !runs.some(({ id }) => id === answer.jobId)
}

function isTrue(server: ServerState, jobs: readonly Job[], job: EndedJob): boolean {
  const { outcome, reason } = job.end
  const own = ownRun(server, job)
  if (outcome === 'unknown') {
    const saysItEnded = reason === 'notRecorded' || reason === 'endedWithServer'
    return !saysItEnded || job.maybeOthers || own?.phase !== 'running'
  }
  if (outcome === 'notStarted') return own === null && !mayBegin(server, job)
  const mayBeOthers = job.maybeOthers && isOpenWhose(server, jobs)
  return isHow(own, outcome) || (mayBeOthers && isHow(claimedRun(server, job), outcome))
}

/** What must hold in every state. Answers what does not. */
export function wrongNow(server: ServerState, jobs: readonly Job[]): string[] {
  const lies = jobs.flatMap((job) => {
    if (job.end === null || isTrue(server, jobs, { ...job, end: job.end })) return []
    return [`${said(job)}, which is not true: ${truthOf(server, job)}`]
  })
  const claims = jobs.flatMap((job) => claimedRun(server, job) ?? [])
  const isShared = new Set(claims).size < claims.length
  return isShared ? [...lies, 'two starts have the same run'] : lies
}

/** What must hold once nothing more happens and time has passed. Answers what does not. */
export function wrongInTheEnd(server: ServerState, jobs: readonly Job[]): string[] {
  return jobs.flatMap((job) => {
    if (job.end === null) return [`${job.key}: never told how it ended: ${truthOf(server, job)}`]
    const own = ownRun(server, job)
    const hasRecord = own?.history !== null && own !== null && isNamed(own)
    if (!hasRecord || job.end.outcome !== 'unknown' || isBeyondFinding(server, job, own)) return []
    // Where nothing on the wire tells whose a run is, another start of the app may have it.
    const isTaken = jobs.some((one) => one !== job && one.maybeOthers && claimedRun(server, one) === own)
    return isTaken ? [] : [`${said(job)}, although it left a record: ${truthOf(server, job)}`]
  })
}

/** Its answer named an id that never existed, and the server restarted: then nothing ties its run to it but the time. */
const isBeyondFinding = ({ requests, serverRun }: ServerState, { key }: Job, own: ModelRun): boolean => {
  const answer = key === 'a' || key === 'b' ? requests[key].answer : null
  return answer !== null && answer !== own.id && serverRun > 1
}

/** Whether the record says whose it is. */
const isNamed = ({ id, log }: ModelRun): boolean => log !== 'empty' && log.names === id

const said = ({ key, end, maybeOthers }: Job): string =>
  `${key}: told as ${end?.outcome} (${end?.from}${end?.reason == null ? '' : `, ${end.reason}`}${maybeOthers ? ', maybe another’s' : ''})`

function truthOf(server: ServerState, job: Job): string {
  const own = ownRun(server, job)
  if (own !== null) return `its run ${server.runs.indexOf(own) + 1} ${own.fate ?? own.phase}`
  return mayBegin(server, job) ? 'it is in the queue' : 'it never ran'
}
