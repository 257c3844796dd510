import type { JobStore } from '../job-store/store.ts'
import { isNameless } from './ids.ts'
import { isStart, isWatched, type Job } from './job.ts'

/** What is known of the jobs of one server profile, to be read. */
export class ProfileJobs {
  readonly #store: Pick<JobStore, 'all' | 'get' | 'index'>
  readonly serverId: string

  constructor(store: Pick<JobStore, 'all' | 'get' | 'index'>, serverId: string) {
    this.#store = store
    this.serverId = serverId
  }

  get(key: string): Job | undefined {
    return this.#store.get(key)
  }

  /** In the order in which they were asked for, or first seen. */
  all(): Job[] {
    return this.#store.all().filter(({ serverId }) => serverId === this.serverId)
  }

  /** Those whose end is not known yet, in the same order; watched runs too. */
  open(): Job[] {
    return this.#store.index.open(this.serverId)
  }

  /** The starts of this app whose end is not known yet. */
  openStarts(): Job[] {
    return this.open().filter(isStart)
  }

  /** The jobs of other profiles, whose server may be this one, that have not ended. */
  openOfOtherProfiles(): Job[] {
    return this.#store.index.openOfOtherProfiles(this.serverId)
  }

  /** Those whose end a record may still correct, as that of the stream or of this app: the last ones first. */
  inDoubt(): Job[] {
    return this.#store.index.inDoubt(this.serverId).reverse()
  }

  /** The starts of a workflow, ended ones too, in the order in which they were asked for. */
  ofWorkflow(workflowId: number): Job[] {
    return this.#store.index.ofWorkflow(this.serverId, workflowId).filter(isStart)
  }

  /** The watched runs of a workflow, ended ones too. */
  watchedOf(workflowId: number): Job[] {
    return this.#store.index.ofWorkflow(this.serverId, workflowId).filter(isWatched)
  }

  /** The runs that others began and that are watched, ended ones too. */
  watched(): Job[] {
    return this.all().filter(isWatched)
  }

  /** The jobs of this id, also of other profiles, which may be other users of the same server. */
  withJobId(jobId: string): Job[] {
    return this.#store.index.withJobId(jobId)
  }

  /**
   * Whether the id is that of a start, also of another profile; a run without one has its name on this server alone. A
   * run that is only watched belongs to nobody.
   */
  isOwned(jobId: string): boolean {
    const isHere = ({ serverId }: Job): boolean => !isNameless(jobId) || serverId === this.serverId
    return this.withJobId(jobId).some((job) => isStart(job) && isHere(job))
  }
}
