import type { TFunction } from 'i18next'
import { cleanText } from '../../shared/clean-text.ts'
import { formatDuration, formatTime } from '../../shared/format.ts'
import type { EndedJobView, JobView } from '../../shared/job-view.ts'
import { isolated } from '../../shared/isolated.ts'
import type { Message } from '../../shared/message.ts'
import { usualPart } from '../../shared/usual.ts'
import { isOthers } from '../../shared/watch.ts'
import { outcomes } from '../../shared/outcome.ts'
import type { MissedRun } from '../schedule/schedules.ts'
import { correctedOutcome, worstFirst } from './rules.ts'
import { noSequel, type Sequel } from './sequel.ts'
import type { Told } from '../../shared/told.ts'
import type { ToldPhase } from '../../shared/told-phase.ts'

/** The words of a notification. */
export interface ToastText {
  readonly title: string
  readonly body: string
}

/** Characters of a log line that a notification shows; desktops cut longer bodies anywhere. */
const longestErrorLine = 200
/** Characters of a message that a notification shows. */
const longestMessage = 200
/** Characters of a workflow's name that a notification shows: what else its title says must still be seen. */
const longestName = 80
/** Workflows or servers that a notification names. */
const namesShown = 3

/** What is said of a server where there are several; null where there is no need to. */
export type ServerOf = (serverId: string) => string | null

const onlyServer: ServerOf = () => null

/** Foreign text as any desktop can show it, cut between two characters where it has more than `longest` of them. */
const textInToast = (text: string, longest: number): string => {
  // A character is two units at most, so that what is cut off here is not shown anyway.
  const characters = Array.from(cleanText(text, 2 * longest + 2))
  if (characters.length <= longest) return characters.join('')
  return `${characters.slice(0, longest - 1).join('')}…`
}

/** A workflow's or a server's name as it stands among the words of a notification. */
export const nameInToast = (name: string): string => isolated(textInToast(name, longestName))

/** The names of servers as one text. */
export const serversInToast = (names: readonly string[], t: TFunction, locale: string): string =>
  firstOf(names.map(nameInToast), t, locale)

/** The line that says where something happened; none where that goes without saying. */
export const serverLine = (server: string | null, t: TFunction): string[] =>
  server === null ? [] : [t('toast.onServer', { server: nameInToast(server) })]

/** The line that says who began a job, as far as that is known; none where it was this app. */
const originLine = ({ origin }: JobView, t: TFunction): string[] =>
  origin === 'app' ? [] : [t(`origin.${origin}`)]

/** The line that says how many of several jobs others began; none where it is none of them. */
const othersLine = (jobs: readonly JobView[], t: TFunction): string[] => {
  const count = jobs.filter(isOthers).length
  return count === 0 ? [] : [t('toast.ofOthers', { count })]
}

/**
 * The notification of one ended job: how and what in the title, how long and why in the body.
 * @param told what was told of it before
 * @param sequel how it follows on earlier ends of its workflow
 */
export const jobToast = (
  job: EndedJobView,
  told: Told | null,
  t: TFunction,
  locale: string,
  serverOf: ServerOf = onlyServer,
  { isFix, times }: Sequel = noSequel,
): ToastText => {
  const { durationMs, reason, errorLine } = job.state
  const outcome = t(`outcome.${job.state.outcome}`)
  const corrected = correctedOutcome(job, told)
  const lines = [
    ...serverLine(serverOf(job.serverId), t),
    ...(corrected === null ? [] : [t('toast.toldBefore', { outcome: t(`outcome.${corrected}`) })]),
    ...(durationMs === null ? [] : [t('toast.took', { duration: formatDuration(durationMs, locale) })]),
    ...(reason === null ? [] : [t(`reason.${reason}`)]),
    ...(errorLine === null ? [] : [textInToast(errorLine, longestErrorLine)]),
    ...(job.hasOthersVariables ? [t('jobs.othersVariables')] : []),
    ...(job.maybeOthers ? [t('toast.maybeOthers')] : []),
    ...originLine(job, t),
  ]
  const workflow = nameInToast(job.workflowName)
  const body = lines.join('\n')
  if (corrected !== null) return { title: t('toast.correction', { what: outcome, workflow }), body }
  const what = isFix ? t('toast.fixed') : outcome
  const title = times > 1 ? t('toast.again', { what, times, workflow }) : t('toast.title', { what, workflow })
  return { title, body }
}

/**
 * One notification for several ends: where, how many of each outcome, and which workflows, the worst first.
 * @param corrected how many of them put right what was told before
 */
export const summaryToast = (
  jobs: readonly EndedJobView[],
  t: TFunction,
  locale: string,
  serverOf: ServerOf = onlyServer,
  corrected = 0,
): ToastText => {
  const counted = outcomes.flatMap((outcome) => {
    const count = jobs.filter(({ state }) => state.outcome === outcome).length
    return count === 0 ? [] : [t(`toast.count.${outcome}`, { count })]
  })
  const { line, workflowsOf } = namesIn(jobs, t, locale, serverOf)
  const named = worstFirst.flatMap((outcome) => {
    const those = jobs.filter(({ state }) => state.outcome === outcome)
    if (those.length === 0) return []
    return [t('toast.named', { outcome: t(`outcome.${outcome}`), workflows: workflowsOf(those) })]
  })
  return {
    title: t('toast.summary', { count: jobs.length, counts: listOf(locale).format(counted) }),
    body: [
      ...line,
      ...named,
      ...(corrected === 0 ? [] : [t('toast.corrected', { count: corrected })]),
      ...othersLine(jobs, t),
    ].join('\n'),
  }
}

/** What can be done about a job in a phase that is told. */
const phaseBodies = {
  waiting: 'toast.decide',
  suspended: 'toast.suspended',
  notBegun: 'job.notBegun',
} as const

/** The notification of a job that waits for approval, was suspended, or that the server has taken and not begun. */
export const phaseToast = (
  job: JobView,
  phase: keyof typeof phaseBodies,
  t: TFunction,
  serverOf: ServerOf = onlyServer,
): ToastText => ({
  title: t('toast.title', { workflow: nameInToast(job.workflowName), what: t(`phase.${phase}`) }),
  body: [...serverLine(serverOf(job.serverId), t), t(phaseBodies[phase]), ...originLine(job, t)].join('\n'),
})

/**
 * The notification of a job that runs for far longer than usual.
 * @param times how long it has run, and how long its workflow usually takes, in milliseconds; null where that is not known
 */
export const stillRunningToast = (
  job: JobView,
  times: { readonly elapsed: number; readonly usual: number | null },
  t: TFunction,
  locale: string,
  serverOf: ServerOf = onlyServer,
): ToastText => {
  const elapsed = t('job.when.running', { duration: formatDuration(times.elapsed, locale) })
  return {
    title: t('toast.title', { workflow: nameInToast(job.workflowName), what: t('toast.stillRunning') }),
    body: [
      ...serverLine(serverOf(job.serverId), t),
      [elapsed, ...usualPart(times.usual, t, locale)].join(', '),
      ...originLine(job, t),
    ].join('\n'),
  }
}

/**
 * The notification of a run that did not come.
 * @param missed when it was due, in milliseconds since 1970, and whether it may have come all the same
 * @param times the tag that the system writes times by
 */
export const missedRunToast = (
  { workflowName, dueAt, isUncertain }: Pick<MissedRun, 'workflowName' | 'dueAt' | 'isUncertain'>,
  server: string | null,
  t: TFunction,
  times: string,
): ToastText => ({
  title: t('toast.title', {
    workflow: nameInToast(workflowName),
    what: t(isUncertain ? 'toast.noRecord' : 'toast.didNotRun'),
  }),
  body: [
    ...serverLine(server, t),
    t(isUncertain ? 'toast.expectedBefore' : 'toast.expectedAt', {
      time: formatTime(dueAt, Date.now(), times),
    }),
  ].join('\n'),
})

/** One notification for several workflows that did not run as their schedules say. */
export const missedSummaryToast = (
  runs: readonly (Named & Pick<MissedRun, 'isUncertain'>)[],
  t: TFunction,
  locale: string,
  serverOf: ServerOf,
): ToastText => {
  const { line, workflowsOf } = namesIn(runs, t, locale, serverOf)
  const isUncertain = runs.some((run) => run.isUncertain)
  return {
    title: t(isUncertain ? 'toast.noRecordMany' : 'toast.didNotRunMany', { count: runs.length }),
    body: [...line, workflowsOf(runs)].join('\n'),
  }
}

/** One notification for several jobs that came to the same phase at once. */
export const phaseSummaryToast = (
  jobs: readonly JobView[],
  phase: ToldPhase,
  t: TFunction,
  locale: string,
  serverOf: ServerOf = onlyServer,
): ToastText => {
  const { line, workflowsOf } = namesIn(jobs, t, locale, serverOf)
  return {
    title: t(`toast.phase.${phase}.many`, { count: jobs.length }),
    body: [...line, workflowsOf(jobs), ...othersLine(jobs, t)].join('\n'),
  }
}

/** What was said to be not begun has begun. */
export const begunToast = (job: JobView, t: TFunction, serverOf: ServerOf = onlyServer): ToastText => ({
  title: t('toast.title', { workflow: nameInToast(job.workflowName), what: t('toast.begun') }),
  body: serverLine(serverOf(job.serverId), t).join('\n'),
})

/** The notification of one message that Wexflow has for the user: from whom it is, and what it says. */
export const messageToast = ({ from, text }: Message, server: string | null, t: TFunction): ToastText => ({
  title: from === '' ? t('toast.message.one') : t('toast.message.from', { user: nameInToast(from) }),
  body: [...serverLine(server, t), textInToast(text, longestMessage)].join('\n'),
})

/** One notification for several messages: from whom they are. */
export const messageSummaryToast = (
  messages: readonly Message[],
  server: string | null,
  t: TFunction,
  locale: string,
): ToastText => {
  const users = [...new Set(messages.flatMap(({ from }) => (from === '' ? [] : nameInToast(from))))]
  const from = users.length === 0 ? [] : [t('toast.message.users', { users: firstOf(users, t, locale) })]
  return {
    title: t('toast.message.many', { count: messages.length }),
    body: [...serverLine(server, t), ...from].join('\n'),
  }
}

const listOf = (locale: string): Intl.ListFormat =>
  new Intl.ListFormat(locale, { type: 'unit', style: 'long' })

/** The first of these names, and how many more there are. */
function firstOf(names: readonly string[], t: TFunction, locale: string): string {
  const shown = names.slice(0, namesShown)
  const rest = names.length - shown.length
  const more = rest === 0 ? [] : [t('toast.more', { count: rest })]
  return listOf(locale).format([...shown, ...more])
}

/** What a workflow is told of by: its name, and where it is. */
type Named = Pick<JobView, 'workflowName' | 'serverId'>

/** How a notification of several jobs names them. */
interface Names {
  /** The line that says where they ran; none where that goes without saying, or differs. */
  readonly line: readonly string[]
  /** The names of their workflows, once each, and how many more there are. */
  readonly workflowsOf: (jobs: readonly Named[]) => string
}

/** Where all of them ran on one server a line says it once; otherwise each workflow says its own. */
function namesIn(jobs: readonly Named[], t: TFunction, locale: string, serverOf: ServerOf): Names {
  const [first = null, ...others] = new Set(jobs.map(({ serverId }) => serverOf(serverId)))
  const isOne = others.length === 0
  const nameOf = ({ workflowName, serverId }: Named): string => {
    const workflow = nameInToast(workflowName)
    const server = isOne ? null : serverOf(serverId)
    return server === null ? workflow : t('toast.ofServer', { workflow, server: nameInToast(server) })
  }
  return {
    line: isOne ? serverLine(first, t) : [],
    workflowsOf: (some) => firstOf([...new Set(some.map(nameOf))], t, locale),
  }
}
