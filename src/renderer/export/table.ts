/** What a list hands on: the same fields in every language. */
export type Cell = string | number | null
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** An object for each row. */
export const jsonOf = ({ columns, rows }: Table): string =>
  `${JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]))),
    null,
    2,
  )}\n`

/** A time in milliseconds since 1970 by ISO 8601, in UTC: what reads it shows it in its own zone. */
export const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
