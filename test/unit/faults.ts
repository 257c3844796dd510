import { onTestFinished } from 'vitest'

/**
 * What reaches the process during this test, from where the app logs it: what was thrown or rejected and nobody caught.
 * Vitest, which would take it for a failure of the test, leaves it to whoever listens.
 */
export function faultsOfThisTest(): readonly unknown[] {
  const faults: unknown[] = []
  const note = (fault: unknown): void => void faults.push(fault)
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  onTestFinished(() => {
    process.off('uncaughtException', note)
    process.off('unhandledRejection', note)
  })
  return faults
}
