import type { ComputerRecord } from './computer.ts'

/** A stretch of time; milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The times in which the app ran. */
export const launchesOf = ({ launchesBegun, launchesEnded }: ComputerRecord): Span[] =>
  launchesBegun.map((from) => ({
    from,
    to: launchesEnded.find(({ at }) => at >= from)?.at ?? Number.POSITIVE_INFINITY,
  }))

/** Whether the app died between these moments. */
export const hasCrashed = (
  { launchesEnded }: Pick<ComputerRecord, 'launchesEnded'>,
  from: number,
  to: number,
): boolean => launchesEnded.some(({ how, at }) => how === 'crash' && at >= from && at <= to)

/** Spans that touch or overlap as one, in their order. */
export function merged(spans: readonly Span[]): Span[] {
  const whole: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1)
    if (last === undefined || span.from > last.to) whole.push(span)
    else whole[whole.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
  }
  return whole
}
