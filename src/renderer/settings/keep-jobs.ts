/** The numbers of jobs that main takes: those of the schema in shared/settings.ts, which would bring zod along. */
export const keepJobsLimits = { min: 10, max: 10_000 } as const

/** The number of jobs that was typed; null for anything that main would not take. */
export function parseKeepJobs(typed: string): number | null {
  const digits = typed.trim()
  if (!/^\d{1,6}$/u.test(digits)) return null
  const value = Number(digits)
  return value >= keepJobsLimits.min && value <= keepJobsLimits.max ? value : null
}
