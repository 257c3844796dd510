import type { Asked } from '../../src/main/tracking/asked.ts'
import type { Job } from '../../src/main/tracking/job.ts'
import { plan } from '../../src/main/tracking/plan/plan.ts'
import type { PlanContext, PlannedRead } from '../../src/main/tracking/plan/rule.ts'

interface Planned {
  readonly asked: Asked
  readonly context: PlanContext
  readonly reads: PlannedRead[]
}

/** The last plan of each job, which holds as long as nothing that it was made of changes: most of what a search does. */
export class LastPlans {
  readonly #plans = new WeakMap<Job, Planned>()

  /** What `plan` answers. */
  of(job: Job, asked: Asked, context: PlanContext): PlannedRead[] {
    const known = this.#plans.get(job)
    if (known !== undefined && isSame(known.asked, asked) && isSame(known.context, context))
      return known.reads
    const reads = plan(job, asked, context)
    this.#plans.set(job, { asked, context, reads })
    return reads
  }
}

/** Whether two flat records of the same names say the same. */
function isSame<Flat extends object>(one: Flat, other: Flat): boolean {
  for (const name in one) if (one[name] !== other[name]) return false
  return true
}
