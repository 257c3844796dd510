/** The databases that a Wexflow server was seen on. */
export type DatabaseName = 'sqlite' | 'postgres' | 'mariadb' | 'litedb'

/** What a client notices of the database behind a server. Recorded, but for what says "source". */
export interface Database {
  /** The number of the first run of the server that a simulation plays. */
  readonly firstRunId: number
  /** Whether the change stream has another number with every run of the server. */
  readonly numbersRuns: boolean
  /** Whether the ids of entries begin again at 1 with every run of the server; those of the history never do. */
  readonly entryIdsBeginAnew: boolean
  /** What it keeps of a time, in milliseconds. */
  readonly timeStepMs: number
  /** Whether it keeps the local time in which a record was written; otherwise the moment, read in the zone of today. */
  readonly keepsLocalTime: boolean
  /** How rows of the same time stand in a list that begins with the newest. */
  readonly equalTimes: 'newestFirst' | 'oldestFirst'
  /** The longest name or description of a workflow of which an entry can be written, in characters. */
  readonly longestText: number
  /** Whether the text search of entries and history finds a text (a name, a description). */
  finds(sought: string, text: string): boolean
  /** Whether it can take a log. */
  stores(log: string): boolean
}

/** What MariaDB takes in one packet by default, and LiteDB in one document, in bytes. */
const longestLogBytes = 16 * 1024 * 1024
const isShortEnough = (log: string): boolean => Buffer.byteLength(log) <= longestLogBytes

/** SQLite's LOWER knows the capitals of ASCII only, while the server makes all of what it seeks small (source). */
const lowerAscii = (text: string): string => text.replace(/[A-Z]/gu, (capital) => capital.toLowerCase())

const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** SQL's LIKE with anything before and after; `escapes`: a backslash takes the meaning from what follows it. */
function isLike(sought: string, text: string, { escapes }: { readonly escapes: boolean }): boolean {
  if (!/[%_\\]/u.test(sought)) return text.includes(sought)
  const parts = `%${sought}%`.match(escapes ? /\\.|./gsu : /./gsu) ?? []
  const pattern = parts.map((part) => {
    if (part === '%') return '.*'
    if (part === '_') return '.'
    const literal = escapes && part.length > 1 && part.startsWith('\\') ? part.slice(1) : part
    return literal.replace(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`)
  })
  return new RegExp(`^${pattern.join('')}$`, 'su').test(text)
}

const sqlite: Database = {
  firstRunId: 2,
  numbersRuns: true,
  entryIdsBeginAnew: false,
  timeStepMs: 1,
  // Its times are texts in local time, and its LIKE has no escape (source).
  keepsLocalTime: true,
  equalTimes: 'newestFirst',
  longestText: Number.POSITIVE_INFINITY,
  finds: (sought, text) => isLike(sought.toLowerCase(), lowerAscii(text), { escapes: false }),
  stores: () => true,
}

const postgres: Database = {
  ...sqlite,
  firstRunId: 1,
  longestText: 255,
  finds: (sought, text) => isLike(sought.toLowerCase(), text.toLowerCase(), { escapes: true }),
  stores: (log) => !log.includes('\0'),
}

const mariadb: Database = {
  ...sqlite,
  firstRunId: 1,
  timeStepMs: 1000,
  equalTimes: 'oldestFirst',
  longestText: 255,
  finds: (sought, text) => isLike(withoutAccents(sought), withoutAccents(text), { escapes: true }),
  stores: isShortEnough,
}

const litedb: Database = {
  ...sqlite,
  firstRunId: 1,
  numbersRuns: false,
  entryIdsBeginAnew: true,
  keepsLocalTime: false,
  // What is sought is made small, what it is sought in is not: no capital is ever found.
  finds: (sought, text) => isLike(sought.toLowerCase(), text, { escapes: false }),
  stores: isShortEnough,
}

export const databases: Readonly<Record<DatabaseName, Database>> = { sqlite, postgres, mariadb, litedb }
