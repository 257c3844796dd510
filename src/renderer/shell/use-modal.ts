import { type ComponentProps, type RefObject, useLayoutEffect, useRef } from 'react'

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

/** The same for a dialog that only goes as its component does: what Escape asks for is left to `onCancel`. */
export function useCancelledModal(
  onCancel: () => void,
): Required<Pick<ComponentProps<'dialog'>, 'ref' | 'onCancel'>> {
  const ref = useModal()
  return {
    ref,
    onCancel: (event) => {
      event.preventDefault()
      onCancel()
    },
  }
}
