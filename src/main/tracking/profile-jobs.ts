import type { JobStore } from '../job-store/store.ts'
import { isInDoubt, isOpen, type Job, jobIdOf } from './job.ts'

/** What is known of the jobs of one server profile, to be read. */
export class ProfileJobs {
  readonly #store: Pick<JobStore, 'all' | 'get'>
  readonly serverId: string

  constructor(store: Pick<JobStore, 'all' | 'get'>, serverId: string) {
    this.#store = store
    this.serverId = serverId
  }

  get(key: string): Job | undefined {
    return this.#store.get(key)
  }

  /** In the order in which they were asked for. */
  all(): Job[] {
    return this.#store.all().filter(({ serverId }) => serverId === this.serverId)
  }

  /** Those whose end is not known yet, in the order in which they were asked for. */
  unresolved(): Job[] {
    return this.all().filter(isOpen)
  }

  /** Those that ended by the word of the stream or of this app, which a record may correct: the newest first. */
  inDoubt(): Job[] {
    return this.all().filter(isInDoubt).reverse()
  }

  /** Those of a workflow, ended ones too. */
  ofWorkflow(workflowId: number): Job[] {
    return this.all().filter((job) => job.workflowId === workflowId)
  }

  /** The ids of all jobs, also of other profiles, which may be other users of the same server. */
  knownJobIds(): ReadonlySet<string | null> {
    return new Set(this.#store.all().map(jobIdOf))
  }
}
