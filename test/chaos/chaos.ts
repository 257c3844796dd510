import { seededRandom } from '../wexflow-sim/random.ts'
import { type DayRecord, runDay } from './day.ts'
import type { DayPlan } from './day-plan.ts'
import { Draw } from './draw.ts'
import { type DayVerdict, judgeDay } from './judge.ts'
import { type PlanLimits, planDay } from './plan.ts'

/** On so many days nothing is injected at all. */
const calmDays = 0.15

export interface ChaosOptions {
  readonly jobs: number
  readonly seed: number
  /** How many starts one server sees before another, fresh one takes its place. */
  readonly jobsOfDay: number
  /** Only this day, counted from 1; null: all. */
  readonly day: number | null
  /** What may be drawn; by default everything. */
  readonly limits?: PlanLimits
}

/** A day and what the judge says of its starts. */
export interface JudgedDay {
  readonly number: number
  readonly plan: DayPlan
  readonly record: DayRecord
  readonly verdict: DayVerdict
}

/** Runs day after day, each drawn from the seed and its number, so that one can be run again alone. */
export async function runChaos(
  { jobs, seed, jobsOfDay, day, limits }: ChaosOptions,
  onDay: (day: JudgedDay) => void | Promise<void>,
): Promise<void> {
  const days = Math.ceil(jobs / jobsOfDay)
  for (let number = 1; number <= days; number += 1) {
    if (day !== null && day !== number) continue
    const count = Math.min(jobsOfDay, jobs - (number - 1) * jobsOfDay)
    const draw = new Draw(seededRandom(seed * 1_000_003 + number))
    const plan = planDay(draw, count, draw.chance(calmDays), limits)
    await onDay(await judgedDay(plan, number))
  }
}

/** Runs a day through, and judges it. */
export async function judgedDay(plan: DayPlan, number = 1): Promise<JudgedDay> {
  const record = await runDay(plan)
  return { number, plan, record, verdict: judgeDay(record) }
}
