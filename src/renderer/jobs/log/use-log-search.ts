import { useEffect, useState } from 'react'
import { lineSearch } from './log-search.ts'

/** What a search has found so far. */
interface Found {
  readonly query: string
  /** Lines by their index, rising. */
  readonly lines: readonly number[]
  readonly isDone: boolean
}

/** How long a slice may take, in milliseconds: a frame has 16. */
const sliceMs = 7

const nothing: Found = { query: '', lines: [], isDone: true }

/** Looks for a text in lines, a slice at a time. An empty text finds nothing. */
export function useLogSearch(lines: readonly string[], query: string): Found {
  const [found, setFound] = useState(nothing)
  useEffect(() => {
    if (query === '') return
    const search = lineSearch(lines, query)
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      const end = performance.now() + sliceMs
      const isDone = search.lookUntil(() => performance.now() > end)
      setFound({ query, lines: [...search.found], isDone })
      if (!isDone) timer = setTimeout(look)
    }
    timer = setTimeout(look)
    return () => clearTimeout(timer)
  }, [lines, query])
  return query === '' ? nothing : found
}
