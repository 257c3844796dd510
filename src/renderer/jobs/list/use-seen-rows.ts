import { type RefObject, useLayoutEffect, useState } from 'react'
import { useStore } from '../../hooks.ts'
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

/** The part of the list that can be seen, in pixels. */
interface Viewport {
  readonly scrollTop: number
  readonly clientHeight: number
}

const seenRows = (layout: Layout, { scrollTop, clientHeight }: Viewport): SeenRows => ({
  from: rowAt(layout, scrollTop),
  to: Math.min(layout.rows.length, rowAt(layout, scrollTop + clientHeight) + 1),
})

const withSpare = ({ from, to }: SeenRows): SeenRows => ({
  from: Math.max(0, Math.floor((from - spareRows) / step) * step),
  to: Math.ceil((to + spareRows) / step) * step,
})

/** The rows of the first picture, where the list was left: it is not taller than its window. */
function firstRows(layout: Layout, left: number): SeenRows {
  const clientHeight = window.innerHeight
  return seenRows(layout, { scrollTop: Math.min(left, layout.height - clientHeight), clientHeight })
}

/** The rows that have to be drawn: those that can be seen, and some beyond. */
export function useSeenRows(scroller: RefObject<HTMLElement | null>, layout: Layout): SeenRows {
  const { state } = useStore()
  const [drawn, setDrawn] = useState(() => firstRows(layout, state()?.view.scrollTop ?? 0))
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    /** Draws what is missing of the rows that can be seen: a picture that has them all is not held up. */
    const fill = (): void => {
      const seen = seenRows(layout, element)
      setDrawn((before) => (before.from <= seen.from && before.to >= seen.to ? before : withSpare(seen)))
    }
    const drawSpare = (): void => {
      const { from, to } = withSpare(seenRows(layout, element))
      setDrawn((before) => (before.from === from && before.to === to ? before : { from, to }))
    }
    fill()
    // It tells the size once at first, when all is laid out.
    const size = new ResizeObserver(drawSpare)
    size.observe(element)
    element.addEventListener('scroll', drawSpare, { passive: true })
    return () => {
      size.disconnect()
      element.removeEventListener('scroll', drawSpare)
    }
  }, [scroller, layout])
  return drawn
}
