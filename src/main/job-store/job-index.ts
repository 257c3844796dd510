import { isInDoubt, isOpen, isWatched, type Job, jobIdOf } from '../tracking/job.ts'

/** The jobs of one server profile, each under its key, in the order in which they came to be so. */
interface ServerJobs {
  readonly open: Map<string, Job>
  readonly inDoubt: Map<string, Job>
  readonly ofWorkflow: Map<number, Map<string, Job>>
}

/**
 * What is asked of the jobs with each answer of a server: kept up to date with each job, so that nobody has to go
 * through ten thousand ended ones for the few that are meant.
 */
export class JobIndex {
  readonly #servers = new Map<string, ServerJobs>()
  /** By the jobs' ids, then by their keys. */
  readonly #byJobId = new Map<string, Map<string, Job>>()
  readonly #ended = { own: 0, watched: 0 }

  /** How many have ended: of the starts of this app, and of what others began. */
  get ended(): { readonly own: number; readonly watched: number } {
    return this.#ended
  }

  /** Those of a profile whose end is not known yet. */
  open(serverId: string): Job[] {
    return [...(this.#servers.get(serverId)?.open.values() ?? [])]
  }

  /** Those of a profile whose end a record may still correct. */
  inDoubt(serverId: string): Job[] {
    return [...(this.#servers.get(serverId)?.inDoubt.values() ?? [])]
  }

  /** Those of a workflow, ended ones too. */
  ofWorkflow(serverId: string, workflowId: number): Job[] {
    return [...(this.#servers.get(serverId)?.ofWorkflow.get(workflowId)?.values() ?? [])]
  }

  /** Those of all other profiles whose end is not known yet. */
  openOfOtherProfiles(serverId: string): Job[] {
    const ids = [...this.#servers.keys()].filter((id) => id !== serverId)
    return ids.flatMap((id) => this.open(id))
  }

  /** The jobs of any profile that have this id. */
  withJobId(jobId: string): Job[] {
    return [...(this.#byJobId.get(jobId)?.values() ?? [])]
  }

  /** A job is there, or is another one than `before`. */
  put(job: Job, before: Job | undefined): void {
    const server = this.#serverOf(job.serverId)
    keepIf(isOpen(job), server.open, job)
    keepIf(isInDoubt(job), server.inDoubt, job)
    const ofWorkflow = server.ofWorkflow.get(job.workflowId) ?? new Map<string, Job>()
    server.ofWorkflow.set(job.workflowId, ofWorkflow.set(job.key, job))
    this.#count(job, 1)
    if (before !== undefined) {
      this.#count(before, -1)
      this.#disown(before)
    }
    const jobId = jobIdOf(job)
    if (jobId === null) return
    const ofId = this.#byJobId.get(jobId) ?? new Map<string, Job>()
    this.#byJobId.set(jobId, ofId.set(job.key, job))
  }

  delete(job: Job): void {
    const server = this.#serverOf(job.serverId)
    server.open.delete(job.key)
    server.inDoubt.delete(job.key)
    server.ofWorkflow.get(job.workflowId)?.delete(job.key)
    this.#count(job, -1)
    this.#disown(job)
  }

  #count(job: Job, by: 1 | -1): void {
    if (!isOpen(job)) this.#ended[isWatched(job) ? 'watched' : 'own'] += by
  }

  #serverOf(serverId: string): ServerJobs {
    const known = this.#servers.get(serverId)
    if (known !== undefined) return known
    const server = { open: new Map(), inDoubt: new Map(), ofWorkflow: new Map() }
    this.#servers.set(serverId, server)
    return server
  }

  #disown(job: Job): void {
    const jobId = jobIdOf(job)
    const ofId = jobId === null ? undefined : this.#byJobId.get(jobId)
    if (jobId === null || ofId === undefined) return
    ofId.delete(job.key)
    if (ofId.size === 0) this.#byJobId.delete(jobId)
  }
}

function keepIf(isKept: boolean, jobs: Map<string, Job>, job: Job): void {
  if (isKept) jobs.set(job.key, job)
  else jobs.delete(job.key)
}
