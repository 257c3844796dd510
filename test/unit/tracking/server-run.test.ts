import { beforeEach, describe, expect, it } from 'vitest'
import { ServerRun } from '../../../src/main/tracking/server-run.ts'

let run: ServerRun
let isWatched: boolean

/** A page of entries is read on which these have ended. */
const read = (...ended: readonly string[]): void => run.onPage(new Set(ended), run.streams)

const breakStream = (): void => {
  isWatched = false
}

const openStream = (): void => {
  isWatched = true
  run.begin()
}

beforeEach(() => {
  run = new ServerRun(() => isWatched)
  openStream()
})

describe('a job that was seen alive', () => {
  it('is of the run once the stream has spoken after that, and for as long as the stream lives', () => {
    run.seenAlive('job')
    expect(run.isMember('job')).toBe(false)
    expect(run.spoken()).toEqual(['job'])
    expect(run.isMember('job')).toBe(true)
    breakStream()
    expect(run.isMember('job')).toBe(false)
    openStream()
    run.spoken()
    expect(run.isMember('job')).toBe(false)
  })

  it.each([
    ['under the stream', () => run.seenAlive('job'), () => {}],
    ['while there was none', () => {}, () => run.seenAlive('job')],
  ])(
    '%s is of it under the next one too, where an entry that had ended stands there as before',
    (_, under, without) => {
      read('one', 'two')
      run.spoken()
      under()
      breakStream()
      without()
      openStream()
      read('two', 'three')
      expect(run.isMember('job')).toBe(false)
      expect(run.spoken()).toEqual(['job'])
      expect(run.isMember('job')).toBe(true)
    },
  )

  it('and after two streams of which the first showed no page', () => {
    read('one')
    run.seenAlive('job')
    run.spoken()
    breakStream()
    openStream()
    breakStream()
    openStream()
    read('one')
    expect(run.spoken()).toEqual(['job'])
  })

  it.each<[string, () => void]>([
    ['no such entry stands there', () => read('three')],
    [
      'the page may be of before the stream',
      () => {
        const { streams } = run
        breakStream()
        openStream()
        run.onPage(new Set(['one']), streams)
      },
    ],
  ])('is not, where %s', (_, then) => {
    read('one')
    run.seenAlive('job')
    run.spoken()
    breakStream()
    openStream()
    then()
    run.spoken()
    expect(run.isMember('job')).toBe(false)
  })

  it('is not, where the page that shows the same may have been read after the end of that run already', () => {
    read('one')
    run.seenAlive('job')
    run.spoken()
    read('two')
    breakStream()
    openStream()
    read('two')
    run.spoken()
    expect(run.isMember('job')).toBe(false)
  })

  it('and is gone is of none', () => {
    read('one')
    run.seenAlive('job')
    run.spoken()
    breakStream()
    run.forget('job')
    openStream()
    read('one')
    expect(run.spoken()).toEqual([])
  })
})
