import { type RefObject, useEffect, useState } from 'react'

const rowOrButtons = '[data-index], [data-tools]'
const hoveredRowOrButtons = '[data-index]:hover, [data-tools]:hover'

const indexOf = (row: HTMLElement | null): number =>
  Number(row?.dataset['index'] ?? row?.dataset['tools'] ?? -1)

/**
 * The index of the row under the pointer, of which the buttons are a part; -1 for none, and while the list scrolls: rows
 * that only pass below the pointer are not drawn anew.
 */
export function useHoveredRow(scroller: RefObject<HTMLElement | null>): number {
  const [hovered, setHovered] = useState(-1)
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    let isScrolling = false
    let isTouched = false
    const onOver = ({ target, pointerType }: PointerEvent): void => {
      isTouched = pointerType === 'touch'
      if (isScrolling || isTouched || !(target instanceof Element)) return
      setHovered(indexOf(target.closest<HTMLElement>(rowOrButtons)))
    }
    const onLeave = (): void => setHovered(-1)
    const onScroll = (): void => {
      isScrolling = true
      setHovered(-1)
    }
    const onScrollEnd = (): void => {
      isScrolling = false
      if (!isTouched) setHovered(indexOf(element.querySelector<HTMLElement>(hoveredRowOrButtons)))
    }
    element.addEventListener('pointerover', onOver)
    element.addEventListener('pointerleave', onLeave)
    element.addEventListener('scroll', onScroll)
    element.addEventListener('scrollend', onScrollEnd)
    return () => {
      element.removeEventListener('pointerover', onOver)
      element.removeEventListener('pointerleave', onLeave)
      element.removeEventListener('scroll', onScroll)
      element.removeEventListener('scrollend', onScrollEnd)
    }
  }, [scroller])
  return hovered
}
