import type { EndedJobView, JobView } from '../../shared/job-view.ts'
import { hasRun, isExplainedByLog, type Outcome, outcomes } from '../../shared/outcome.ts'
import type { NotificationRule, Settings } from '../../shared/settings.ts'
import type { ChosenSound } from '../../shared/sound.ts'
import { isOthers, isStartKnown } from '../../shared/watch.ts'
import { isSameName } from '../../shared/same-name.ts'
import type { Told } from '../../shared/told.ts'

/** How an end is told: whether at all, with which sound, and whether it stays until somebody takes it away. */
export type Telling = Pick<NotificationRule, 'notify' | 'sound' | 'chosenSound' | 'stays'>

/** What a rule says which jobs it is about by. */
type Ruled = Pick<JobView, 'workflowName' | 'serverId' | 'origin'>

const isOfStarter = {
  anyone: () => true,
  me: (job: Ruled) => !isOthers(job),
  others: isOthers,
} as const satisfies Record<NotificationRule['startedBy'], (job: Ruled) => boolean>

const fits = (
  job: Ruled,
  outcome: Outcome,
  { workflow, serverId, startedBy, outcomes: ofRule }: NotificationRule,
): boolean =>
  ofRule.includes(outcome) &&
  (serverId === null || serverId === job.serverId) &&
  (workflow === null || isSameName(job.workflowName, workflow)) &&
  isOfStarter[startedBy](job)

function ruleForOutcome(
  job: JobView,
  outcome: Outcome,
  { rules, outcomes: byOutcome, tellFixed }: Settings,
  isFix: () => boolean,
): Telling {
  const rule = rules.find((one) => fits(job, outcome, one))
  if (rule !== undefined) return rule
  const ofOutcome = byOutcome[outcome]
  return { ...ofOutcome, notify: ofOutcome.notify || (tellFixed && isFix()), stays: false }
}

const isNoFix = (): boolean => false

/**
 * How a job's end is told: by the first rule that fits it, or else as is set for its outcome.
 * @param isFix whether its workflow is done after it had failed: that is told whatever is set for "done"
 */
export const ruleFor = (job: EndedJobView, settings: Settings, isFix = isNoFix): Telling =>
  ruleForOutcome(job, job.state.outcome, settings, isFix)

/** Whether no end of this job would be told, so that nobody wants to hear of it. */
export const isNeverTold = (job: JobView, settings: Settings): boolean =>
  outcomes.every((outcome) => !ruleForOutcome(job, outcome, settings, isNoFix).notify)

/**
 * How it is told that a workflow did not run as its schedule says, where that is wanted at all: by the first rule that
 * would fit a run that was not started, or else with the sound of those.
 */
export function ruleForMissed(
  run: Pick<JobView, 'workflowName' | 'serverId'>,
  { rules, outcomes: { notStarted } }: Settings,
): Telling {
  const rule = rules.find((one) => fits({ ...run, origin: 'cron' }, 'notStarted', one))
  return rule ?? { ...notStarted, notify: true, stays: false }
}

/**
 * The ids of the targets that an end is handed on to, whatever the screen shows: those for all, if it is told, and those
 * of the first rule that fits it.
 */
export function targetsFor(job: EndedJobView, settings: Settings, isFix: () => boolean): string[] {
  const { rules, targets } = settings
  const ofRule = rules.find((one) => fits(job, job.state.outcome, one))?.handOn ?? []
  const isTold = ruleFor(job, settings, isFix).notify
  const wanted = targets.filter(({ id, isForAll }) => (isForAll && isTold) || ofRule.includes(id))
  return wanted.map(({ id }) => id)
}

/** The other outcome that the person was shown before, which this one puts right; null where there is none. */
export const correctedOutcome = ({ state }: EndedJobView, told: Told | null): Outcome | null =>
  told?.how === 'shown' && told.outcome !== state.outcome ? told.outcome : null

/** Why no notification tells of an end: the settings ask for none, or the window shows it to the person at that moment. */
export type UntoldBecause = 'muted' | 'seen'

/** What besides the job and the settings decides whether its end is told. */
export interface Surroundings {
  readonly told: Told | null
  /** Whether the window shows this job to whoever has it before them. */
  readonly isShown: boolean
  /** Whether its workflow is done after it had failed; asked for only where that counts. */
  readonly isFix: () => boolean
}

/** Null where an end is to be told. What was told wrongly is put right whatever the settings ask. */
export const whyUntold = (
  job: EndedJobView,
  { told, isShown, isFix }: Surroundings,
  settings: Settings,
): UntoldBecause | null => {
  if (correctedOutcome(job, told) !== null) return null
  if (!ruleFor(job, settings, isFix).notify) return 'muted'
  return isShown && !settings.tellShown ? 'seen' : null
}

/** Whether a notification of these jobs goes without a sound: only if none of them asks for one. */
export const isSilent = (jobs: readonly EndedJobView[], settings: Settings): boolean =>
  !jobs.some((job) => ruleFor(job, settings).sound)

/** Whether a notification of these jobs stays until somebody takes it away: if any of them asks for that. */
export const isStaying = (jobs: readonly EndedJobView[], settings: Settings): boolean =>
  jobs.some((job) => ruleFor(job, settings).stays)

/** Outcomes from the worst to the best: which one a summary of several shows. */
export const worstFirst = [
  'failed',
  'unknown',
  'notStarted',
  'warning',
  'rejected',
  'stopped',
  'done',
] as const satisfies readonly Outcome[]

const worstOf = (jobs: readonly EndedJobView[]): EndedJobView | undefined =>
  worstFirst.flatMap((outcome) => jobs.find(({ state }) => state.outcome === outcome) ?? []).at(0)

/** The outcome that the icon of their notification shows: the worst of them. */
export const iconOf = (jobs: readonly EndedJobView[]): Outcome => worstOf(jobs)?.state.outcome ?? 'done'

/** What is heard with their notification: the sound of the worst of those that ask for one; null for the usual one. */
export function soundOf(jobs: readonly EndedJobView[], settings: Settings): ChosenSound | null {
  const worst = worstOf(jobs.filter((job) => ruleFor(job, settings).sound))
  return worst === undefined ? null : ruleFor(worst, settings).chosenSound
}

/** Ends that the tray's icon asks attention for until the list was looked at. */
const badOutcomes: ReadonlySet<Outcome> = new Set(['failed', 'notStarted', 'unknown'])

export const needsAttention = ({ state }: EndedJobView): boolean => badOutcomes.has(state.outcome)

/** Whether the notification of an end offers to run the job again: it did not do its work, and all that it was given is known. */
export const offersRunAgain = (job: EndedJobView): boolean =>
  job.state.outcome !== 'done' && job.state.outcome !== 'rejected' && isStartKnown(job)

/**
 * Whether the notification of a job is worth waiting for its log, a short while: for what went wrong, and, where
 * this machine's clock was not there at its begin and its end, for how long it took.
 */
export const isWorthReadingLog = ({ jobId, state }: EndedJobView): boolean => {
  if (jobId === null) return false
  if (isExplainedByLog(state.outcome) && state.errorLine === null) return true
  return state.durationMs === null && hasRun(state.outcome)
}

/** Milliseconds that what tells of an end waits for its log at most. */
export const logWithinMs = 1500
