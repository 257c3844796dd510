import { expect, test } from 'vitest'
import { LogReadings } from '../../../src/main/servers/log-readings.ts'
import { WexflowError } from '../../../src/main/wexflow/errors.ts'
import { kindOf } from '../wexflow/local-client.ts'

/** Of these lines two fill a part. */
const line = 'x'.repeat(150_000)

class Served {
  /** How many times lines were taken. */
  taken = 0
  isLeft = false

  readonly #lines: readonly (readonly string[])[]

  constructor(lines: readonly (readonly string[])[]) {
    this.#lines = lines
  }

  async *log(): AsyncGenerator<readonly string[], void, void> {
    try {
      for (const some of this.#lines) {
        this.taken += 1
        yield some
      }
    } finally {
      this.isLeft = true
    }
  }
}

test('a short log is one part, and one without a line an empty one', async () => {
  const readings = new LogReadings()
  expect(await readings.begin(new Served([['a', ''], ['b']]).log())).toEqual({ text: 'a\n\nb', next: null })
  expect(await readings.begin(new Served([]).log())).toEqual({ text: '', next: null })
})

test('a long log comes in parts of whole lines, and is taken no faster than it is asked for', async () => {
  const readings = new LogReadings()
  const served = new Served([[line], [line], ['a'], [line, line], ['b'], ['c']])
  const first = await readings.begin(served.log())
  expect(first.text).toBe(`${line}\n${line}`)
  expect(served.taken).toBe(3)
  const second = await readings.next(first.next ?? '')
  expect(second.text).toBe(`a\n${line}\n${line}`)
  expect(await readings.next(second.next ?? '')).toEqual({ text: 'b\nc', next: null })
  expect(served.isLeft).toBe(true)
  expect(await kindOf(readings.next(second.next ?? ''))).toBe('timedOut')
})

async function* failing(): AsyncGenerator<readonly string[], void, void> {
  yield [line, line]
  yield ['a']
  throw new WexflowError('unreachable', 'gone', true)
}

test('what a log fails with is the failure of its part', async () => {
  const readings = new LogReadings()
  const { next } = await readings.begin(failing())
  expect(await kindOf(readings.next(next ?? ''))).toBe('unreachable')
})

test('a log that nobody reads on gives way to later ones', async () => {
  const readings = new LogReadings()
  const all = Array.from({ length: 9 }, () => new Served([[line], [line], ['a']]))
  const parts = []
  for (const served of all) parts.push(await readings.begin(served.log()))
  expect(all.map(({ isLeft }) => isLeft)).toEqual([true, ...Array<boolean>(8).fill(false)])
  expect(await kindOf(readings.next(parts[0]?.next ?? ''))).toBe('timedOut')
  expect(await readings.next(parts[1]?.next ?? '')).toEqual({ text: 'a', next: null })
})
