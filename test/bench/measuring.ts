/** Milliseconds of calls that are made one after another. */
export async function timeCalls(call: () => Promise<unknown>, count: number): Promise<number[]> {
  const times: number[] = []
  for (let made = 0; made < count; made += 1) {
    const began = performance.now()
    await call()
    times.push(performance.now() - began)
  }
  return times
}

/** What this process holds, in bytes, once its garbage is gone: live objects and their buffers, and resident memory. */
export function weigh(): { heap: number; resident: number } {
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heap: heapUsed + external, resident: rss }
}
