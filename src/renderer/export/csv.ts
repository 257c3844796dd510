import type { Cell, Table } from './table.ts'

/** What spreadsheets take for the beginning of a formula, also of one that runs a program. */
const formulaStart = /^[=+\-@\t\r]/u

/** A text that could be taken for a formula is led by an apostrophe: spreadsheets show it as a text then. */
const defused = (text: string): string => (formulaStart.test(text) ? `'${text}` : text)

function fieldOf(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const text = defused(cell)
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Comma-separated values by RFC 4180, with a line of names. Null is an empty field. */
export const csvOf = ({ columns, rows }: Table): string =>
  [columns, ...rows].map((row) => `${row.map(fieldOf).join(',')}\r\n`).join('')

/** Without this mark at the beginning of a file, Excel takes UTF-8 for the encoding of its country. */
export const byteOrderMark = '\uFEFF'
