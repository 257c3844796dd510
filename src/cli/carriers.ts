import { failureText } from '../shared/failure-text.ts'
import type { Translator } from '../shared/i18n.ts'
import { isUp } from '../shared/followed.ts'
import { hasEnded, type JobView } from '../shared/job-view.ts'
import { type Wish, wishCommands } from '../shared/wish.ts'
import { mostJobs } from '../main/control/protocol.ts'
import type { Asked, ServerVerb } from './arguments.ts'
import { jobMeant, needWorkflows, workflowMeant, workflowsOf } from './choose.ts'
import { asRefusal, exitCodes, Refusal } from './exit-codes.ts'
import type { Report } from './report.ts'
import type { Session } from './session.ts'
import type { Terminal } from './terminal.ts'

/** What a command works with. */
interface Work {
  readonly asked: Asked
  readonly session: Session
  readonly report: Report
  readonly translator: Translator
  readonly terminal: Pick<Terminal, 'err' | 'interrupted'>
}

/** Carries out a command: the exit code. Rejects with a `Refusal`. */
type Carrier = (work: Work) => Promise<number>

const wishCarrier =
  (wish: Wish): Carrier =>
  async (work) => {
    const { session, report, translator } = work
    const { t } = translator
    const job = await knownJob(work)
    if (job.jobId === null) throw new Refusal(t('commandLine.noJobId'), exitCodes.trouble)
    const result = await session.control.run({ kind: wishCommands[wish], key: job.key })
    if (!result.ok) throw new Refusal(failureText(t, result.failure), exitCodes.trouble)
    report.asked(wish, job)
    return exitCodes.done
  }

/** One for each command: one that is missing does not compile. */
export const carriers: Readonly<Record<ServerVerb, Carrier>> = {
  run: async (work) => {
    const { asked, session, report, translator } = work
    const { id, server } = workflowMeant(asked.operand, session.servers, translator.t)
    sayWhenInterrupted(work)
    const key = await session.control.run({
      kind: 'startWorkflow',
      serverId: server.id,
      workflowId: id,
      variables: [...asked.variables],
    })
    if (key === null)
      throw new Refusal(translator.t('commandLine.signedOut', { server: server.name }), exitCodes.trouble)
    const job = await followed(key, server.id, work)
    report.settled(job)
    if (asked.showsLog) await printLogIfReadable(job, work)
    return exitCodeOf(job, asked.waits)
  },
  list: async ({ session, report, translator }) => {
    needWorkflows(session.servers, translator.t)
    report.workflows(workflowsOf(session.servers))
    return exitCodes.done
  },
  jobs: async ({ session, report }) => {
    await session.jobsKnown()
    const ids = new Set(session.servers.map(({ id }) => id))
    const jobs = await session.control.jobs(mostJobs)
    report.jobs(jobs.filter(({ serverId }) => ids.has(serverId)))
    return exitCodes.done
  },
  stop: wishCarrier('stop'),
  suspend: wishCarrier('suspend'),
  resume: wishCarrier('resume'),
  approve: wishCarrier('approve'),
  reject: wishCarrier('reject'),
  log: async (work) => {
    await printLog(await knownJob(work), work)
    return exitCodes.done
  },
}

/** The job that is meant, once those that go on are known. */
async function knownJob({ asked, session, translator }: Work): Promise<JobView> {
  await session.jobsKnown()
  return jobMeant(asked.operand, session.control, session.servers, translator.t)
}

/** Ctrl+C ends this process and no job. */
function sayWhenInterrupted({ report, translator, terminal: { err, interrupted } }: Work): void {
  interrupted.addEventListener('abort', () => {
    report.close()
    err.write(`${translator.t('commandLine.notFollowed')}\n`)
  })
}

/** The job once it has ended or, where that is not waited for, once it is known what became of its start. */
async function followed(key: string, serverId: string, work: Work): Promise<JobView> {
  const { asked, session, report, translator, terminal } = work
  const over = new AbortController()
  void tellOutages(serverId, work, AbortSignal.any([terminal.interrupted, over.signal]))
  try {
    for await (const now of session.control.follow(key, terminal.interrupted)) {
      if (now.job === null) break
      if (hasEnded(now.job) || (!asked.waits && now.job.state.phase !== 'starting')) return now.job
      report.progress(now)
    }
  } finally {
    over.abort()
  }
  throw new Refusal(translator.t('commandLine.jobForgotten'), exitCodes.unknown)
}

/** Says that the job's server does not answer any more, and that it does again, until `signal` is aborted. */
async function tellOutages(
  serverId: string,
  { session, report, translator: { t } }: Work,
  signal: AbortSignal,
): Promise<void> {
  let isAway = false
  try {
    for await (const servers of session.control.servers(signal)) {
      const { link = 'connecting', failure = null } = servers.find(({ id }) => id === serverId) ?? {}
      // Each attempt to reach it again passes `connecting`.
      if (link === 'connecting' || isUp(link) !== isAway) continue
      isAway = !isAway
      report.aside(isAway ? failureText(t, failure ?? { kind: 'timedOut' }) : t('commandLine.answersAgain'))
    }
  } catch {
    // An app that has ended is told by what follows the job.
  }
}

/** How a job ended; where that was not waited for, whether it was started. */
function exitCodeOf({ state }: JobView, waits: boolean): number {
  if (state.phase !== 'ended') return exitCodes.done
  const { outcome } = state
  if (waits || outcome === 'notStarted' || outcome === 'unknown') return exitCodes[outcome]
  return exitCodes.done
}

/** A log that can't be read is said: how the job ended is known all the same, and what the process ends with says that. */
async function printLogIfReadable(job: JobView, work: Work): Promise<void> {
  try {
    await printLog(job, work)
  } catch (error) {
    const { t } = work.translator
    work.report.aside(t('commandLine.noLog', { why: asRefusal(error, t).message }))
  }
}

async function printLog({ key }: JobView, { session, report, translator: { t } }: Work): Promise<void> {
  let part = await session.control.run({ kind: 'jobLog', key })
  for (;;) {
    if (!part.ok) throw new Refusal(failureText(t, part.failure), exitCodes.trouble)
    report.log(part.text === '' ? [] : part.text.split('\n'))
    if (part.next === null) return
    part = await session.control.run({ kind: 'logPart', next: part.next })
  }
}
