import { createHash } from 'node:crypto'
import { beginning } from './clock.ts'
import type { WorldState } from './world.ts'

/**
 * States that differ only by when they are reached are one: times are told as ages, the more roughly the older, up to
 * the longest time that the policy knows. What is kept for people only, the evidence, is left out.
 */

const steps: readonly (readonly [upTo: number, step: number])[] = [
  [5_000, 250],
  [30_000, 1_000],
  [120_000, 10_000],
  [900_000, 60_000],
  [7_200_000, 600_000],
]

function roughly(ms: number): string {
  const age = Math.abs(ms)
  const sign = ms < 0 ? '-' : ''
  for (const [upTo, step] of steps) if (age <= upTo) return `${sign}${Math.floor(age / step) * step}`
  return `${sign}long`
}

/** A text that is the same for states that count as one. */
export function canonical(state: WorldState): string {
  const { now, ...rest } = state
  const text = JSON.stringify(rest, (key, value: unknown) => {
    if (key === 'evidence') return undefined
    if (typeof value !== 'number') return value
    if (!Number.isFinite(value)) return String(value)
    return value >= beginning - 1e9 ? `t${roughly(now - value)}` : value
  })
  return createHash('sha1').update(text).digest('base64')
}
