import type { JobStore } from '../job-store/store.ts'
import type { Job } from './job.ts'

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

  /** In the order in which they were asked for. */
  all(): Job[] {
    return this.#store.all().filter(({ serverId }) => serverId === this.serverId)
  }

  /** Those whose end is not known yet, in the order in which they were asked for. */
  unresolved(): Job[] {
    return this.#store.index.open(this.serverId)
  }

  /** Those that ended by the word of the stream or of this app, which a record may correct: the last ones first. */
  inDoubt(): Job[] {
    return this.#store.index.inDoubt(this.serverId).reverse()
  }

  /** Those of a workflow, ended ones too, in the order in which they were asked for. */
  ofWorkflow(workflowId: number): Job[] {
    return this.#store.index.ofWorkflow(this.serverId, workflowId)
  }

  /** Whether the id is that of a job of this app, also of another profile, which may be another user of the server. */
  isOwned(jobId: string): boolean {
    return this.#store.index.hasJobId(jobId)
  }
}
