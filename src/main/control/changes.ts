/**
 * What `read` answers, now and whenever it may be another, until `signal` is aborted. Whoever reads slowly misses what
 * was in between, never the newest.
 * @param listen calls back at each change; returns the function that stops that
 */
export async function* changes<Value>(
  read: () => Value,
  listen: (onChange: () => void) => () => void,
  signal: AbortSignal,
): AsyncGenerator<Value, void, void> {
  let hasChanged = true
  let wake: (() => void) | undefined
  const onChange = (): void => {
    hasChanged = true
    wake?.()
  }
  const stopListening = listen(onChange)
  signal.addEventListener('abort', onChange)
  try {
    while (!signal.aborted) {
      if (hasChanged) {
        hasChanged = false
        yield read()
      } else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    stopListening()
    signal.removeEventListener('abort', onChange)
  }
}
