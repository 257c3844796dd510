import type { EntryPage } from '../wexflow/server.ts'
import { history } from './policy.ts'

/**
 * So many of the newest rows that the one with the greatest id is among them: more than a few only where they are all of one
 * date, since a database that keeps whole seconds may have the rows of one second in any order. Rejects with what the read
 * rejects with.
 * @param read asks the server for so many of the newest rows
 */
export async function newestRows(
  read: (count: number) => Promise<EntryPage>,
  count: number,
): Promise<EntryPage> {
  const page = await read(count)
  const { rows, isLast } = page
  if (isLast || count >= history.pageRows || rows.at(-1)?.statusDate !== rows[0]?.statusDate) return page
  return newestRows(read, history.pageRows)
}
