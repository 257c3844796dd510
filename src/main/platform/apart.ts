/**
 * Does work of somebody else's. What is thrown is a fault of the app: it is thrown on where nobody's work is under way,
 * and the process logs it.
 */
export function apart(work: () => void): void {
  try {
    work()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
