import { type RefObject, useLayoutEffect, useRef } from 'react'
import { useStore } from '../../hooks.ts'
import type { Layout } from './layout.ts'

/**
 * Puts the list where it was left: at once as far as its rows reach, and once more when the older jobs have come, unless
 * the person has scrolled by then.
 * @returns to be called with each scroll of the list, in pixels from its top: main remembers where it ends
 */
export function useLeftPlace(
  scroller: RefObject<HTMLElement | null>,
  layout: Layout,
): (scrollTop: number) => void {
  const { state, hasAllJobs, setView } = useStore()
  /** Where the list was left; null once it is there. */
  const left = useRef<number | null>(state()?.view.scrollTop ?? 0)
  /** Where it was put instead, which is no place that a person has chosen. */
  const put = useRef(0)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || left.current === null) return
    const lowest = Math.max(0, layout.height - element.clientHeight)
    put.current = Math.min(left.current, lowest)
    element.scrollTo({ top: put.current, behavior: 'instant' })
    if (left.current <= lowest || hasAllJobs()) left.current = null
  }, [scroller, layout, hasAllJobs])
  return (scrollTop) => {
    if (left.current !== null && Math.abs(scrollTop - put.current) < 1) return
    left.current = null
    setView({ scrollTop: Math.max(0, scrollTop) })
  }
}
