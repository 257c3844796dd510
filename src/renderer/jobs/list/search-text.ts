import type { JobView } from '../../../shared/job-view.ts'
import type { Translator } from '../../../shared/i18n.ts'
import { type Status, statusKeys, statusOf } from '../job-status.ts'
import { dayWords } from './days.ts'
import { dayOf, momentOf } from './moment.ts'
import { whyText } from './row-text.ts'

/** Whether a text has letters that have other forms; most have none. */
const hasForms = /[^ -~\n]/u

/** A text as it is compared: without case, accents and wide or joined forms. */
const comparable = (text: string): string =>
  (hasForms.test(text) ? text.normalize('NFKD').replaceAll(/\p{M}/gu, '') : text).toLowerCase()

/** What a job's text depends on beside the job. */
export interface SearchSurroundings {
  readonly serverName: (serverId: string) => string
  readonly isFollowed: (serverId: string) => boolean
  readonly texts: Translator
  /** The midnight that today began with. */
  readonly today: number
}

/**
 * Finds jobs by their workflow, outcome, error, server and day. Each job's text is put together once: jobs are replaced
 * when they change, and never changed.
 */
export class JobSearch {
  readonly #surroundings: SearchSurroundings
  readonly #texts = new WeakMap<JobView, string>()
  readonly #days = new Map<number, string>()
  /** The words of statuses. */
  readonly #words = new Map<Status, string>()

  constructor(surroundings: SearchSurroundings) {
    this.#surroundings = surroundings
  }

  /** Whether all words occur somewhere in what the list says of a job; an empty search finds all. */
  matcher(search: string): (job: JobView) => boolean {
    const words = comparable(search)
      .split(/\s+/u)
      .filter((word) => word !== '')
    if (words.length === 0) return () => true
    return (job) => {
      const text = this.#textOf(job)
      return words.every((word) => text.includes(word))
    }
  }

  /**
   * Puts the jobs' texts together ahead of the first search, as long as there is time.
   * @param from the index of the first of them
   * @returns the index to go on from; the number of jobs once all are ready
   */
  prepare(jobs: readonly JobView[], from: number, hasTime: () => boolean): number {
    let next = from
    for (; next < jobs.length && hasTime(); next += 1) {
      const job = jobs[next]
      if (job !== undefined) this.#textOf(job)
    }
    return next
  }

  #textOf(job: JobView): string {
    const known = this.#texts.get(job)
    if (known !== undefined) return known
    const { serverName, isFollowed, texts } = this.#surroundings
    const followed = isFollowed(job.serverId)
    const parts = [
      job.workflowName,
      this.#word(statusOf(job, followed)),
      whyText(job, followed, texts.t),
      serverName(job.serverId),
    ]
    const text = `${comparable(parts.join('\n'))}\n${this.#dayText(dayOf(momentOf(job)))}`
    this.#texts.set(job, text)
    return text
  }

  #word(status: Status): string {
    const known = this.#words.get(status)
    if (known !== undefined) return known
    const word = this.#surroundings.texts.t(statusKeys[status])
    this.#words.set(status, word)
    return word
  }

  #dayText(day: number): string {
    const known = this.#days.get(day)
    if (known !== undefined) return known
    const { texts, today } = this.#surroundings
    const text = comparable(dayWords(day, today, texts).join('\n'))
    this.#days.set(day, text)
    return text
  }
}
