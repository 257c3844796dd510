/** Milliseconds of the machine's steady clock, which is the same one in all of its processes. */
export const steadyNow = (): number => Number(process.hrtime.bigint()) / 1e6

/** From `performance.now()` of this process to the steady clock. */
export const steadyFromHere = steadyNow() - performance.now()
