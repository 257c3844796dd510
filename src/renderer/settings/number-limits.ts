/** The smallest and the largest number that main takes. */
export interface Limits {
  readonly min: number
  readonly max: number
}

/** Those of the schema in shared/settings.ts, which would bring zod along. */
export const keepJobsLimits: Limits = { min: 10, max: 10_000 }
export const oneByOneLimits: Limits = { min: 1, max: 100 }

/** The number that was typed; null for anything that main would not take. */
export function parseNumber(typed: string, { min, max }: Limits): number | null {
  const digits = typed.trim()
  if (!/^\d{1,6}$/u.test(digits)) return null
  const value = Number(digits)
  return value >= min && value <= max ? value : null
}
