import { type RefObject, useLayoutEffect } from 'react'
import { useStore } from '../hooks.ts'
import { focusOnRest } from './focus.ts'

/**
 * Where a part of the jobs page goes away and has the focus in it, the focus goes to what is left, or has come in its place:
 * with the last job the list goes, and nothing would have it any more.
 */
export function useHandedFocus(part: RefObject<HTMLElement | null>): void {
  const { state } = useStore()
  useLayoutEffect(() => {
    const element = part.current
    return () => {
      if (element?.contains(document.activeElement) !== true) return
      requestAnimationFrame(() => {
        // Another page has its own first place.
        if (state()?.view.page === 'jobs' && document.activeElement === document.body) focusOnRest()
      })
    }
  }, [part, state])
}
