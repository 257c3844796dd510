import type { EndedJobView, JobView } from '../../shared/job-view.ts'
import { hasRun, isExplainedByLog, type Outcome } from '../../shared/outcome.ts'
import type { NotificationRule, Settings, Telling } from '../../shared/settings.ts'
import { isOthers, isStartKnown } from '../../shared/watch.ts'
import { isSameName } from '../../shared/same-name.ts'
import type { Told } from '../../shared/told.ts'
import type { ToldPhase } from '../../shared/told-phase.ts'
import type { Toast } from './toaster.ts'

/** What a rule says which jobs it is about by. */
type Ruled = Pick<JobView, 'workflowName' | 'serverId' | 'origin'>

const isOfStarter = {
  anyone: () => true,
  me: (job: Ruled) => !isOthers(job),
  others: isOthers,
} as const satisfies Record<NotificationRule['startedBy'], (job: Ruled) => boolean>

const fits = (
  job: Ruled,
  what: Outcome | ToldPhase,
  { workflow, serverId, startedBy, outcomes, phases }: NotificationRule,
): boolean =>
  [...outcomes, ...phases].includes(what) &&
  (serverId === null || serverId === job.serverId) &&
  (workflow === null || isSameName(job.workflowName, workflow)) &&
  isOfStarter[startedBy](job)

const isNoFix = (): boolean => false

/**
 * How a job's end is told: by the first rule that fits it, or else as is set for its outcome.
 * @param isFix whether its workflow is done after it had failed: that is told whatever is set for "done"
 */
export function ruleFor(
  job: EndedJobView,
  { rules, outcomes, tellFixed }: Settings,
  isFix = isNoFix,
): Telling {
  const { outcome } = job.state
  const rule = rules.find((one) => fits(job, outcome, one))
  if (rule !== undefined) return rule
  const ofOutcome = outcomes[outcome]
  return { ...ofOutcome, notify: ofOutcome.notify || (tellFixed && isFix()) }
}

/** How it is told what a job comes to before its end: by the first rule that fits, or else as is set for that phase. */
export const ruleForPhase = (job: JobView, phase: ToldPhase, { rules, phases }: Settings): Telling =>
  rules.find((one) => fits(job, phase, one)) ?? phases[phase]

/**
 * How it is told that a workflow did not run as its schedule says, where that is wanted at all: by the first rule that
 * would fit a run that was not started, or else with the sound of those.
 */
export function ruleForMissed(
  run: Pick<JobView, 'workflowName' | 'serverId'>,
  { rules, outcomes: { notStarted } }: Settings,
): Telling {
  const rule = rules.find((one) => fits({ ...run, origin: 'cron' }, 'notStarted', one))
  return rule ?? { ...notStarted, notify: true }
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
export interface EndContext {
  readonly told: Told | null
  /** Whether the window shows this job to whoever has it before them. */
  readonly isShown: boolean
  /** Whether its workflow is done after it had failed; asked for only where that counts. */
  readonly isFix: () => boolean
}

/** Null where an end is to be told. What was told wrongly is put right whatever the settings ask. */
export const whyUntold = (
  job: EndedJobView,
  { told, isShown, isFix }: EndContext,
  settings: Settings,
): UntoldBecause | null => {
  if (correctedOutcome(job, told) !== null) return null
  if (!ruleFor(job, settings, isFix).notify) return 'muted'
  return isShown && !settings.tellShown ? 'seen' : null
}

/** What is heard with a notification, and whether it stays until somebody takes it away. */
type Manner = Pick<Toast, 'isSilent' | 'sound' | 'isStaying'>

/**
 * The manner of a notification of all these: it sounds, or stays, if one of them asks for it.
 * @param tellings the one whose sound is heard rather than another's first
 */
export function mannerOf(tellings: readonly Telling[]): Manner {
  const loud = tellings.find(({ sound }) => sound)
  return {
    isSilent: loud === undefined,
    sound: loud?.chosenSound ?? null,
    isStaying: tellings.some(({ stays }) => stays),
  }
}

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

const fromWorst = (jobs: readonly EndedJobView[]): readonly EndedJobView[] =>
  worstFirst.flatMap((outcome) => jobs.filter(({ state }) => state.outcome === outcome))

/** The outcome that the icon of their notification shows: the worst of them. */
export const iconOf = (jobs: readonly EndedJobView[]): Outcome => fromWorst(jobs)[0]?.state.outcome ?? 'done'

/** The manner of a notification of these ends: the sound is that of the worst of those that ask for one. */
export const mannerOfEnds = (jobs: readonly EndedJobView[], settings: Settings): Manner =>
  mannerOf(fromWorst(jobs).map((job) => ruleFor(job, settings)))

/** Ends that the tray's icon asks attention for until the list was looked at. */
const badOutcomes: ReadonlySet<Outcome> = new Set(['failed', 'notStarted', 'unknown'])

export const needsAttention = ({ state }: EndedJobView): boolean => badOutcomes.has(state.outcome)

/** Whether the notification offers to run the job again: it did not do its work, and all that it was given is known. */
export const offersRunAgain = (job: EndedJobView): boolean =>
  job.state.outcome !== 'done' && job.state.outcome !== 'rejected' && isStartKnown(job)

/**
 * Whether the notification of a job is worth waiting for its log, a short while: for what went wrong, and, where
 * this machine's clock was not there at its begin and its end, for how long it took.
 */
export const isWorthReadingLog = ({ state }: EndedJobView): boolean => {
  if (isExplainedByLog(state.outcome) && state.errorLine === null) return true
  return state.durationMs === null && hasRun(state.outcome)
}

/** Milliseconds that what tells of an end waits for its log at most. */
export const logWithinMs = 1500
