import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Outages } from '../../../src/main/notify/outages.ts'
import type { LinkState } from '../../../src/shared/app-state.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Links, each of the server `a` unless it says otherwise, and between them how many seconds pass. */
type Step = LinkState | number | readonly [serverId: string, link: LinkState]

/** What is told in that course, and after how many seconds. */
function toldIn(course: readonly Step[]): string[] {
  const told: string[] = []
  let seconds = 0
  const outages = new Outages((what, ids, outage) =>
    told.push(`${seconds}: ${ids.join('+')} ${what} (${outage})`),
  )
  for (const step of course)
    if (typeof step === 'string') outages.onLink('a', step)
    else if (typeof step === 'object') outages.onLink(...step)
    else
      for (let passed = 0; passed < step; passed += 1) {
        seconds += 1
        vi.advanceTimersByTime(1000)
      }
  return told
}

interface Case {
  readonly name: string
  readonly course: readonly Step[]
  readonly told: readonly string[]
}

describe('one server', () => {
  test.each<Case>([
    { name: 'a short outage is not told', course: ['online', 'offline', 59, 'online', 120], told: [] },
    {
      name: 'a long one is told once, and that it is over',
      course: ['offline', 61, 'offline', 600, 'online'],
      told: ['60: a away (a)', '661: a back (a)'],
    },
    {
      name: 'attempts to connect again do not start the minute anew',
      course: ['offline', 40, 'connecting', 'offline', 21],
      told: ['60: a away (a)'],
    },
    {
      name: 'each long outage is told',
      course: ['offline', 60, 'slow', 'offline', 60, 'online'],
      told: ['60: a away (a)', '60: a back (a)', '120: a away (a)', '120: a back (a)'],
    },
    { name: 'signing out ends the matter', course: ['offline', 30, 'signedOut', 120, 'online'], told: [] },
    {
      name: 'a server that asks to sign in is not away',
      course: ['offline', 61, 'signInNeeded', 'online'],
      told: ['60: a away (a)'],
    },
  ])('$name', ({ course, told }) => {
    expect(toldIn(course)).toEqual(told)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('several servers', () => {
  const bothAway = ['offline', ['b', 'offline'], 60] as const

  test.each<Case>([
    {
      name: 'that go away within the time in which a frozen one shows are told together',
      course: ['offline', 45, ['b', 'offline'], 1, ['c', 'offline'], 120],
      told: ['60: a+b away (a)', '106: c away (c)'],
    },
    {
      name: 'one that was back before the minute was over is not among them',
      course: ['offline', ['b', 'offline'], 30, ['b', 'online'], 60],
      told: ['60: a away (a)'],
    },
    {
      name: 'that come back within a minute are told together, as soon as the last is there',
      course: [...bothAway, 'online', 20, ['b', 'slow'], 60],
      told: ['60: a+b away (a)', '80: a+b back (a)'],
    },
    {
      name: 'one that stays away longer does not keep the other from being told',
      course: [...bothAway, ['b', 'online'], 600, 'online', 60],
      told: ['60: a+b away (a)', '120: b back (a)', '660: a back (a)'],
    },
    {
      name: 'one that is back and away again meanwhile is not said to be back',
      course: [...bothAway, 'online', 20, 'offline', 20, ['b', 'online'], 60],
      told: ['60: a+b away (a)', '120: b back (a)'],
    },
    {
      name: 'one that is back and goes away again for long is another outage, and the first goes on',
      course: [...bothAway, 'online', 60, 'offline', 60, ['b', 'online'], 1, 'online'],
      told: [
        '60: a+b away (a)',
        '120: a back (a)',
        '180: a away (a+)',
        '180: b back (a)',
        '181: a back (a+)',
      ],
    },
    {
      name: 'one that nobody follows any more is not waited for',
      course: [...bothAway, 'online', 5, ['b', 'signedOut'], 60],
      told: ['60: a+b away (a)', '65: a back (a)'],
    },
  ])('$name', ({ course, told }) => {
    expect(toldIn(course)).toEqual(told)
  })
})
