/** One line of the table: what the app does beside what it is held against, in the same unit. */
export interface Figure {
  readonly what: string
  readonly unit: string
  readonly app: number
  readonly baseline: number
  /** What the budget is held against: the app's share of the baseline, or, where less is no aim, what is said there. */
  readonly ratio: number
  /** In words; empty where there is none. */
  readonly budget: string
  /** Null where there is no budget. */
  readonly isMet: boolean | null
}

interface Measured {
  readonly what: string
  readonly unit: string
  readonly app: number
  readonly baseline: number
}

interface Limit {
  /** How many times the baseline the app may take. */
  readonly times: number
  /** What the app may take beyond the baseline whatever the ratio says, in the figure's unit. */
  readonly orMore?: number
}

/** A figure of which less is better. */
export const within = (measured: Measured, { times, orMore = 0 }: Limit): Figure => {
  const { unit, app, baseline } = measured
  const budget = orMore === 0 ? `≤ ${times}x` : `≤ ${times}x or +${orMore} ${unit}`
  const isMet = app <= baseline * times || app <= baseline + orMore
  return { ...measured, ratio: app / baseline, budget, isMet }
}

/** A figure of which the app shall be a number of times faster than what it stands beside. */
export const faster = (measured: Measured, times: number): Figure => {
  const ratio = measured.baseline / measured.app
  return { ...measured, ratio, budget: `≥ ${times}x faster`, isMet: ratio >= times }
}

/** A figure with a limit of its own; what stands beside it says what the machine gives. */
export const atMost = (measured: Measured, limit: number): Figure => ({
  ...measured,
  ratio: measured.app / measured.baseline,
  budget: `≤ ${limit} ${measured.unit}`,
  isMet: measured.app <= limit,
})

/** A figure that only informs. */
export const beside = (measured: Measured): Figure => ({
  ...measured,
  ratio: measured.app / measured.baseline,
  budget: '',
  isMet: null,
})

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, useGrouping: false })
const text = (value: number): string => (Number.isFinite(value) ? number.format(value) : '-')

const verdict = (isMet: boolean | null): string => (isMet === null ? '' : isMet ? 'met' : 'NOT MET')

/** Rows of text as a Markdown table whose columns are aligned for a terminal. The first column is the widest text's. */
export const tableText = (rows: readonly (readonly string[])[]): string => {
  const [head = []] = rows
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map(
    (row) =>
      `| ${widths.map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width))).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

/** The figures as a table. */
export const figuresText = (figures: readonly Figure[]): string =>
  tableText([
    ['figure', 'app', 'baseline', 'ratio', 'budget', 'met'],
    ...figures.map(({ what, unit, app, baseline, ratio, budget, isMet }) => [
      what,
      `${text(app)} ${unit}`,
      `${text(baseline)} ${unit}`,
      Number.isFinite(ratio) ? `${text(ratio)}x` : text(ratio),
      budget,
      verdict(isMet),
    ]),
  ])
