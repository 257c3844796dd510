/** Waits for a promise that never rejects, but not longer than so many milliseconds: null then. */
export const within = async <Value>(promise: Promise<Value>, ms: number): Promise<Value | null> => {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms)
  })
  const answer = await Promise.race([promise, timeout])
  clearTimeout(timer)
  return answer
}
