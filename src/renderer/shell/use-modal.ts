import { type RefObject, useLayoutEffect, useRef } from 'react'

/** The ref of a dialog that is shown as long as its component is. The platform's own keeps the focus in it, and gives it back. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // What had the focus gets it back by this, while the dialog is still there: an effect would come too late.
    return () => element?.close()
  }, [])
  return dialog
}
