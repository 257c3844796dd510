import { describe, expect, it } from 'vitest'
import {
  cellsOf,
  levels,
  linesFrom,
  logModel,
  taskWidth,
} from '../../../../../src/renderer/jobs/log/log-model.ts'

const stamp = '2026-11-24 03:12:47.625 '
const model = (...lines: string[]) => logModel(lines)
const words = (...lines: string[]): string[] =>
  Array.from(model(...lines).weights, (weight) => levels[weight] ?? '')

describe('the level of a line', () => {
  it.each<[string, string[], string[]]>([
    [
      'is that of its word',
      [`${stamp} INFO - a`, `${stamp}WARN  - b`, `${stamp} ERROR - c`, `${stamp}DEBUG - d`],
      ['info', 'warning', 'error', 'debug'],
    ],
    ['is not told by what it says', [`${stamp} INFO - no ERROR here`], ['info']],
    [
      'is that of the line that it belongs to',
      [`${stamp}ERROR - a`, 'IOException: b', '   at c', `${stamp} INFO - d`],
      ['error', 'error', 'error', 'info'],
    ],
    ['is none before the first stamp', ['ERROR', ''], ['none', 'none']],
    ['stands after a comma as after a point', ['2026-11-24 03:12:47,625 ERROR - a'], ['error']],
  ])('%s', (_name, lines, told) => {
    expect(words(...lines)).toEqual(told)
  })

  it('leaves out what is lower', () => {
    const log = model(`${stamp} INFO - a`, `${stamp} ERROR - b`, '  at b', `${stamp}WARN - c`)
    expect(linesFrom(log, 'none')).toBeNull()
    expect([...(linesFrom(log, 'warning') ?? [])]).toEqual([1, 2, 3])
    expect([...(linesFrom(log, 'error') ?? [])]).toEqual([1, 2])
  })
})

describe('what there is to jump to', () => {
  it('is each error once, whatever follows it', () => {
    const { troubles, troubleLevel } = model(
      `${stamp}ERROR - a`,
      '  at',
      `${stamp}WARN - b`,
      `${stamp}FATAL - c`,
    )
    expect([troubleLevel, ...troubles]).toEqual(['error', 0, 3])
  })

  it('is each warning where there is no error', () => {
    const { troubles, troubleLevel } = model(`${stamp}INFO - a`, `${stamp}WARN - b`)
    expect([troubleLevel, ...troubles]).toEqual(['warning', 1])
  })
})

describe('the columns of a line', () => {
  it('leave out what every line repeats', () => {
    expect(cellsOf(`${stamp} ERROR - [Check stock / 12] [FilesLoader] [x] not found`)).toEqual({
      time: '03:12:47',
      stamp: '2026-11-24 03:12:47.625',
      word: 'ERROR',
      task: 'FilesLoader',
      message: '[x] not found',
    })
  })

  it('are empty where the line has none', () => {
    expect(cellsOf('   at System.IO')).toMatchObject({
      time: '',
      word: '',
      task: '',
      message: '   at System.IO',
    })
    expect(cellsOf(`${stamp}INFO  - [Ping / 1] Workflow finished.`)).toMatchObject({
      task: '',
      message: 'Workflow finished.',
    })
    expect(cellsOf(`${stamp}INFO - `).message).toBe('')
  })

  it('are as wide as the longest task near the ends', () => {
    const line = `${stamp} INFO - [W / 1]`
    expect(taskWidth(model(`${line} [ab] x`, `${line} [abcd] x`, 'x'))).toBe(4)
    expect(taskWidth(model('x'))).toBe(0)
  })
})

it('makes 200,000 lines ready before a person has noticed', () => {
  const line = `${stamp} INFO - [W / 1] [Task] a line like any other, of some length`
  const lines = Array.from({ length: 200_000 }, () => line)
  const from = performance.now()
  expect(logModel(lines).lines).toHaveLength(200_000)
  expect(performance.now() - from).toBeLessThan(1000)
})
