import { cleanText } from '../shared/clean-text.ts'
import { formatDuration, formatRunning, formatTime } from '../shared/format.ts'
import type { Translator } from '../shared/i18n.ts'
import { type EndedJobView, hasEnded, type JobView } from '../shared/job-view.ts'
import { isOthers } from '../shared/watch.ts'
import type { Wish } from '../shared/wish.ts'
import type { ControlServer, FollowedJob } from '../main/control/protocol.ts'
import { jobToast } from '../main/notify/texts.ts'
import type { ServerWorkflow } from './choose.ts'
import { columns } from './help.ts'
import type { Terminal } from './terminal.ts'

/** What the command line says of what it was asked. */
export interface Report {
  workflows(workflows: readonly ServerWorkflow[]): void
  jobs(jobs: readonly JobView[]): void
  /** A job as it stands now, which is followed; called at each change. */
  progress(followed: FollowedJob): void
  /** A job is followed no longer; how it ended is said where it did. */
  settled(job: JobView): void
  /** The server has taken a wish. */
  asked(wish: Wish, job: JobView): void
  log(lines: readonly string[]): void
  /** A sentence on standard error, beside what is reported. */
  aside(sentence: string): void
  /** What is rewritten as time goes by is left as it is. */
  close(): void
}

/** Characters of a text from outside that one line shows. */
const longestText = 300
/** Characters of a line of a log. */
const longestLogLine = 10_000
/** Characters of a job's id that a list shows: enough to name it by. */
const shownId = 8
/** Milliseconds after which what a person sees of a running job is written again. */
const tickMs = 1000

const line = (text: string): string => cleanText(text, longestText)

/** Rewrites one line of a terminal; lines that are too long are cut by the terminal itself. */
class ProgressLine {
  readonly #write: (text: string) => void
  #text: (() => string) | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  show(text: () => string): void {
    this.#text = text
    this.#timer ??= setInterval(() => this.#draw(), tickMs)
    this.#draw()
  }

  clear(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#erase()
    this.#text = null
  }

  /** Makes room for what `print` writes, and stands below it afterwards. */
  after(print: () => void): void {
    this.#erase()
    print()
    this.#draw()
  }

  #erase(): void {
    if (this.#text !== null) this.#write('\r\u001B[K')
  }

  #draw(): void {
    if (this.#text !== null) this.#write(`\r\u001B[?7l${this.#text()}\u001B[K\u001B[?7h`)
  }
}

/** Since when it runs, or since when it was asked for; null of what others began before anybody here looked. */
const since = (job: JobView): number | null => job.startedAt ?? (isOthers(job) ? null : job.requestedAt)

export interface ReportOptions {
  readonly terminal: Pick<Terminal, 'out' | 'err'>
  readonly translator: Translator
  readonly servers: readonly ControlServer[]
}

/** Lines for people, in their language. */
export function textReport({ terminal: { out, err }, translator, servers }: ReportOptions): Report {
  const { t, locale, times } = translator
  const print = (text: string): void => out.write(`${text}\n`)
  const serverOf = (serverId: string): string | null =>
    servers.length > 1 ? (servers.find(({ id }) => id === serverId)?.name ?? null) : null
  const progressLine = new ProgressLine((text) => out.write(text))
  let saidPhase: JobView['state']['phase'] | null = null

  const workflowOf = ({ workflowName: workflow, serverId }: JobView): string => {
    const server = serverOf(serverId)
    return server === null ? workflow : t('toast.ofServer', { workflow, server })
  }
  const named = (job: JobView, what: string): string =>
    line(t('toast.title', { what, workflow: workflowOf(job) }))
  const phaseLine = (job: JobView): string => named(job, t(`phase.${job.state.phase}`))
  const runningText = (job: JobView): string => {
    const from = since(job)
    return from === null ? '' : formatRunning(Date.now() - from, locale)
  }
  const progressText = (job: JobView, usualMs: number | null): string => {
    const time = runningText(job)
    const said = usualMs === null ? time : t('jobs.ofUsual', { time, usual: formatDuration(usualMs, locale) })
    return `${phaseLine(job)} · ${said}`
  }
  const endLines = (job: EndedJobView): string => {
    const { title, body } = jobToast(job, null, t, locale, serverOf)
    const lines = body.split('\n').filter((text) => text !== '')
    return [line(title), ...lines.map((text) => `  ${line(text)}`)].join('\n')
  }
  const stateOf = ({ state, asked }: JobView): string => {
    if (state.phase === 'ended') return t(`outcome.${state.outcome}`)
    return t(asked === null ? `phase.${state.phase}` : `asked.${asked}`)
  }
  const timeOf = (job: JobView): string => {
    const { state } = job
    if (state.phase !== 'ended') return runningText(job)
    return formatTime(state.endedAt ?? state.learntAt, Date.now(), times)
  }

  return {
    workflows: (workflows) => {
      if (workflows.length === 0) return print(t('tray.noWorkflows'))
      const rows = workflows.map(({ id, name, isEnabled, isApproval, server }): [string, string] => {
        const notes = [
          ...(servers.length > 1 ? [server.name] : []),
          ...(isEnabled ? [] : [t('jobs.start.disabled')]),
          ...(isApproval ? [t('jobs.start.approval')] : []),
        ]
        return [String(id), line(notes.length === 0 ? name : `${name} (${notes.join(', ')})`)]
      })
      print(columns(rows, ''))
    },
    jobs: (jobs) => {
      if (jobs.length === 0) return print(t('jobs.empty.title'))
      const states = jobs.map((job): [string, string] => [stateOf(job), timeOf(job)])
      const middle = columns(states, '').split('\n')
      const rows = jobs.map((job, at): [string, string] => [middle[at] ?? '', line(workflowOf(job))])
      const rest = columns(rows, '').split('\n')
      print(
        jobs.map(({ key, jobId }, at) => `${(jobId ?? key).slice(0, shownId)}  ${rest[at] ?? ''}`).join('\n'),
      )
    },
    progress: ({ job, usualMs }) => {
      if (job === null || hasEnded(job)) return
      if (out.isTerminal) return progressLine.show(() => progressText(job, usualMs))
      if (job.state.phase !== saidPhase) print(phaseLine(job))
      saidPhase = job.state.phase
    },
    settled: (job) => {
      progressLine.clear()
      if (hasEnded(job)) print(endLines(job))
      else if (job.state.phase !== saidPhase) print(phaseLine(job))
    },
    asked: (wish, job) => print(named(job, t(`asked.${wish}`))),
    log: (lines) => {
      for (const text of lines) print(cleanText(text, longestLogLine))
    },
    aside: (sentence) => progressLine.after(() => err.write(`${sentence}\n`)),
    close: () => progressLine.clear(),
  }
}
