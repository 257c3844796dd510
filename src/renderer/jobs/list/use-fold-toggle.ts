import { useLook, useStore } from '../../hooks.ts'
import type { Fold } from './arrange.ts'

/** Opens a fold of equal ends, or closes it again. */
export function useFoldToggle(): (fold: Fold) => void {
  const { setList } = useStore()
  const { openFolds } = useLook().list
  return ({ id, isOpen }) => {
    const open = new Set(openFolds)
    if (isOpen) open.delete(id)
    else open.add(id)
    setList({ openFolds: open })
  }
}
