import { expect, test } from 'vitest'
import { apart } from '../../../src/main/platform/apart.ts'
import { faultsOfThisTest } from '../faults.ts'

test('what somebody else’s work throws stops nothing here, and reaches the process', async () => {
  const faults = faultsOfThisTest()
  const fault = new Error('a listener is broken')
  const done: string[] = []
  apart(() => {
    throw fault
  })
  apart(() => done.push('the next'))
  expect(done).toEqual(['the next'])
  await new Promise((resolve) => setImmediate(resolve))
  expect(faults).toEqual([fault])
})
