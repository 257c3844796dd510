import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { OutageWatch } from '../../../src/main/notify/outage.ts'
import type { LinkState } from '../../../src/shared/app-state.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Links, and between them how many seconds pass. */
test.each<{ name: string; course: (LinkState | number)[]; told: string[] }>([
  { name: 'a short outage is not told', course: ['online', 'offline', 59, 'online', 120], told: [] },
  {
    name: 'a long one is told once, and that it is over',
    course: ['offline', 61, 'offline', 600, 'online'],
    told: ['away', 'back'],
  },
  {
    name: 'attempts to reconnect do not start the minute anew',
    course: ['offline', 40, 'connecting', 'offline', 21],
    told: ['away'],
  },
  {
    name: 'each long outage is told',
    course: ['offline', 61, 'slow', 'offline', 61, 'online'],
    told: ['away', 'back', 'away', 'back'],
  },
  { name: 'signing out ends the matter', course: ['offline', 30, 'signedOut', 120, 'online'], told: [] },
  {
    name: 'a server that asks to sign in is not away',
    course: ['offline', 61, 'signInNeeded', 'online'],
    told: ['away'],
  },
])('$name', ({ course, told }) => {
  const heard: string[] = []
  const watch = new OutageWatch((what) => heard.push(what))
  for (const step of course) {
    if (typeof step === 'number') vi.advanceTimersByTime(step * 1000)
    else watch.onLink(step)
  }
  expect(heard).toEqual(told)
})
