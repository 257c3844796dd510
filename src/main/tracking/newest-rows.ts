import type { Entry, EntryPage } from '../wexflow/server.ts'
import { history } from './policy.ts'

/** The newest rows of a list, and whether these are all that there are. */
interface NewestRows {
  readonly rows: readonly Entry[]
  readonly isWhole: boolean
}

/**
 * So many of the newest rows that the one with the greatest id is among them: more than a few only where they are all of one
 * date, since a database that keeps whole seconds may have the rows of one second in any order. Rejects with what the read
 * rejects with.
 * @param read asks the server for so many of the newest rows
 */
export async function newestRows(
  read: (count: number) => Promise<EntryPage>,
  count: number,
): Promise<NewestRows> {
  const { rows, isLast: isWhole } = await read(count)
  if (isWhole || count >= history.pageRows || rows.at(-1)?.statusDate !== rows[0]?.statusDate)
    return { rows, isWhole }
  return newestRows(read, history.pageRows)
}
