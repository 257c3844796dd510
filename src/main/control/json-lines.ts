const newline = 0x0a

/** A line is longer than anything that makes sense. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong'
}

/**
 * The lines of a stream, each read as JSON; what comes after the last end of a line is nothing. Rejects where a line is
 * no JSON or longer than `mostBytes`, and with the stream's own errors.
 */
export async function* jsonLines(
  stream: AsyncIterable<Buffer>,
  mostBytes: number,
): AsyncGenerator<unknown, void, void> {
  let parts: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    let rest = chunk
    for (let end = rest.indexOf(newline); ; end = rest.indexOf(newline)) {
      const part = end === -1 ? rest : rest.subarray(0, end)
      size += part.length
      if (size > mostBytes) throw new LineTooLong(`a line of more than ${mostBytes} bytes`)
      parts.push(part)
      if (end === -1) break
      yield JSON.parse(Buffer.concat(parts, size).toString())
      parts = []
      size = 0
      rest = rest.subarray(end + 1)
    }
  }
}
