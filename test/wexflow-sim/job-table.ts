import type { SimJob } from './job.ts'

/** The jobs of one server run, and which of them each call of the server finds. */
export class JobTable {
  readonly #jobs = new Map<string, SimJob>()
  readonly #openIds = new Map<number, Set<string>>()
  readonly #latestIds = new Map<number, string>()
  /** Jobs that run where no call finds them. */
  readonly #orphans = new Set<string>()

  add(job: SimJob): void {
    const { id } = job.workflow
    this.#jobs.set(job.jobId, job)
    this.#openIds.set(id, (this.#openIds.get(id) ?? new Set()).add(job.jobId))
  }

  change(job: SimJob, change: Partial<SimJob>): SimJob {
    const changed = { ...job, ...change }
    this.#jobs.set(job.jobId, changed)
    return changed
  }

  /** The job has begun, and is its workflow's latest. */
  noteBegun({ jobId, workflow }: SimJob): void {
    this.#latestIds.set(workflow.id, jobId)
  }

  /** The job has ended. */
  close({ jobId, workflow }: SimJob): void {
    this.#openIds.get(workflow.id)?.delete(jobId)
  }

  /** The job is none, and never was. */
  remove(job: SimJob): void {
    this.close(job)
    this.#jobs.delete(job.jobId)
  }

  /** From now on no call finds the job, which runs on. */
  orphan(jobId: string): void {
    this.#orphans.add(jobId)
  }

  byId(jobId: string): SimJob | null {
    return this.#jobs.get(jobId.toLowerCase()) ?? null
  }

  /** The jobs of a workflow that have been accepted and have not ended. */
  open(workflowId: number): SimJob[] {
    return [...(this.#openIds.get(workflowId) ?? [])].flatMap((jobId) => this.#jobs.get(jobId) ?? [])
  }

  /** The jobs of a workflow that run now, as far as `jobs` lists them. */
  runningOf(workflowId: number): SimJob[] {
    return this.open(workflowId).filter((job) => this.#isRunning(job) && !job.isHidden)
  }

  /** Whether a job of the workflow runs, listed or hidden. */
  isRunning(workflowId: number): boolean {
    return this.open(workflowId).some((job) => this.#isRunning(job))
  }

  /** The workflow's latest job of this run. */
  latestOf(workflowId: number): SimJob | null {
    return this.#jobs.get(this.#latestIds.get(workflowId) ?? '') ?? null
  }

  /** A job while it runs, or if it was the workflow's last and its end was recorded. */
  find(workflowId: number, jobId: string): SimJob | null {
    const job = this.byId(jobId)
    if (!job || job.workflow.id !== workflowId || job.state === 'accepted') return null
    if (this.#orphans.has(job.jobId)) return null
    return job.state === 'running' || (this.latestOf(workflowId) === job && !job.isStuck) ? job : null
  }

  /** A running job that can be stopped, suspended and so on. */
  findToAct(workflowId: number, jobId: string): SimJob | null {
    const job = this.byId(jobId)
    if (!job || job.workflow.id !== workflowId || job.isBeingStopped || job.isHidden) return null
    return this.#isRunning(job) ? job : null
  }

  #isRunning({ state, jobId }: SimJob): boolean {
    return state === 'running' && !this.#orphans.has(jobId)
  }
}
