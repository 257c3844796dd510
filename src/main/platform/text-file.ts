import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'

/** A pipe that nobody writes to would be waited for for ever without it. Windows, which has no such files, lacks it. */
const reading = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Something stands in a file's place that is none: a folder, a pipe, a device. */
class NotAFile extends Error {
  override readonly name = 'NotAFile'
  readonly code = 'ENOTFILE'
}

const needFile = (status: { isFile(): boolean }): void => {
  if (!status.isFile()) throw new NotAFile('not a file')
}

/** Some editors put a mark of the byte order before a text that they save. */
const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)

/** A file is larger than whoever reads it wants to read. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge'
}

/**
 * A whole file of text. Rejects with the file system's error, where it is no file, and with `FileTooLarge`.
 * @param mostBytes the size above which it is not read
 */
export async function readTextFile(
  path: string,
  mostBytes: number = Number.POSITIVE_INFINITY,
): Promise<string> {
  const handle = await open(path, reading)
  try {
    const status = await handle.stat()
    needFile(status)
    if (status.size > mostBytes) throw new FileTooLarge(`more than ${mostBytes} bytes`)
    return withoutMark(await handle.readFile('utf8'))
  } finally {
    await handle.close()
  }
}

/** As `readTextFile`, for the start of the app. Throws the same. */
export function readTextFileNow(path: string): string {
  const file = openSync(path, reading)
  try {
    needFile(fstatSync(file))
    return withoutMark(readFileSync(file, 'utf8'))
  } finally {
    closeSync(file)
  }
}
