import { describe, expect, it } from 'vitest'
import { atMost, beside, faster, figuresText, within } from '../../bench/figure.ts'
import { median, percentile } from '../../bench/statistics.ts'

const measured = (app: number, baseline: number) => ({ what: 'latency', unit: 'ms', app, baseline })

describe('a budget', () => {
  it.each<[string, { app: number; baseline: number }, { times: number; orMore?: number }, boolean]>([
    ['is met up to its share of the baseline', { app: 12, baseline: 10 }, { times: 1.2 }, true],
    ['is not met beyond it', { app: 12.1, baseline: 10 }, { times: 1.2 }, false],
    ['is met within what is allowed in any case', { app: 1.9, baseline: 1 }, { times: 1.2, orMore: 1 }, true],
    ['is not met beyond both', { app: 2.1, baseline: 1 }, { times: 1.2, orMore: 1 }, false],
    [
      'is met by the share where that allows more',
      { app: 12, baseline: 10 },
      { times: 1.2, orMore: 1 },
      true,
    ],
    ['is not met beside a baseline that took nothing', { app: 1, baseline: 0 }, { times: 1.2 }, false],
  ])('%s', (_name, { app, baseline }, limit, isMet) => {
    expect(within(measured(app, baseline), limit).isMet).toBe(isMet)
  })

  it.each([
    [20, true],
    [20.1, false],
  ])('of its own: %d ms', (app, isMet) => {
    expect(atMost(measured(app, 1), 20)).toMatchObject({ isMet, budget: '≤ 20 ms' })
  })

  it.each([
    [5, 500, true],
    [5, 499, false],
  ])('of a speed: %i ms beside %i ms', (app, baseline, isMet) => {
    expect(faster(measured(app, baseline), 100).isMet).toBe(isMet)
  })
})

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

  it.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ])('%d of 1 to 100', (share, value) => {
    expect(percentile(hundred, share)).toBe(value)
  })

  it('is no number without numbers', () => {
    expect(median([])).toBeNaN()
  })
})

it('shows the figures as a Markdown table', () => {
  const figures = [within(measured(2.5, 2), { times: 1.2 }), beside(measured(3, 0))]
  expect(figuresText(figures)).toBe(
    [
      '| figure  |    app | baseline | ratio | budget |     met |',
      '| ------- | -----: | -------: | ----: | -----: | ------: |',
      '| latency | 2.5 ms |     2 ms | 1.25x | ≤ 1.2x | NOT MET |',
      '| latency |   3 ms |     0 ms |     - |        |         |',
    ].join('\n'),
  )
})
