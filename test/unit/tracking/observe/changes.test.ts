import { describe, expect, it } from 'vitest'
import type { ChangeWish } from '../../../../src/shared/wish.ts'
import { runningJob } from '../../job.ts'
import { listed, tell } from '../facts.ts'

const running = listed()
const suspended = listed({ isPaused: true })
const waiting = listed({ isWaitingForApproval: true })

const asked = (wish: ChangeWish) => tell(runningJob(), [1000, { kind: 'changeAsked', wish }])

describe('a wish to change what a job does', () => {
  it.each([
    ['suspend', running, suspended],
    ['resume', suspended, running],
    ['resume', suspended, waiting],
    ['approve', waiting, running],
    ['reject', waiting, running],
  ] as const)('%s: holds until the server shows it', (wish, before, after) => {
    const job = asked(wish)
    expect(job.wish).toEqual({ kind: wish, askedAt: 1000 })
    const still = tell(job, [2000, before])
    expect(still.wish).toEqual(job.wish)
    expect(tell(still, [3000, after]).wish).toBeNull()
  })

  it('is over where the server refuses it, or shows ten seconds later what it showed before', () => {
    expect(tell(asked('suspend'), [2000, { kind: 'changeRefused' }]).wish).toBeNull()
    expect(tell(asked('suspend'), [10_999, running]).wish).not.toBeNull()
    expect(tell(asked('suspend'), [11_000, running]).wish).toBeNull()
  })
})
