import { type RefObject, useEffect, useState } from 'react'

/** The index of the row under the pointer, of which the buttons are a part; -1 for none. */
export function useHoveredRow(scroller: RefObject<HTMLElement | null>): number {
  const [hovered, setHovered] = useState(-1)
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const onOver = ({ target, pointerType }: PointerEvent): void => {
      if (pointerType === 'touch' || !(target instanceof Element)) return
      const row = target.closest<HTMLElement>('[data-index], [data-tools]')
      setHovered(Number(row?.dataset['index'] ?? row?.dataset['tools'] ?? -1))
    }
    const onLeave = (): void => setHovered(-1)
    element.addEventListener('pointerover', onOver)
    element.addEventListener('pointerleave', onLeave)
    return () => {
      element.removeEventListener('pointerover', onOver)
      element.removeEventListener('pointerleave', onLeave)
    }
  }, [scroller])
  return hovered
}
