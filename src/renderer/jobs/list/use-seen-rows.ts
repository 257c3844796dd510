import { type RefObject, useLayoutEffect, useState } from 'react'
import { type Layout, rowAt } from './layout.ts'

/** Rows of the list by their index: from this one on, up to but without that one. */
export interface SeenRows {
  readonly from: number
  readonly to: number
}

/** Rows that are drawn beyond the edges, so that a scroll finds them there. */
const spareRows = 8
/** The list is drawn anew each time that so many rows have passed, not with each pixel. */
const step = 4

const nothing: SeenRows = { from: 0, to: 24 }

/** The rows that have to be drawn: those that can be seen, and some beyond. */
export function useSeenRows(scroller: RefObject<HTMLElement | null>, layout: Layout): SeenRows {
  const [seen, setSeen] = useState(nothing)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = (): void => {
      const { scrollTop, clientHeight } = element
      const first = rowAt(layout, scrollTop)
      const last = rowAt(layout, scrollTop + clientHeight)
      const from = Math.max(0, Math.floor((first - spareRows) / step) * step)
      const to = Math.ceil((last + spareRows) / step) * step
      setSeen((before) => (before.from === from && before.to === to ? before : { from, to }))
    }
    look()
    const size = new ResizeObserver(look)
    size.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      size.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, layout])
  return seen
}
