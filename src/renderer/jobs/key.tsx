import type { ReactElement } from 'react'
import { useSettings } from '../hooks.ts'

/**
 * The key that does the same as the control that it stands in. Drawn by the style sheet: it is no part of the control's
 * name, and a screen reader has the list of keys. Nothing where single keys are turned off.
 */
export function Key({ name }: { readonly name: string }): ReactElement | null {
  const { singleKeys } = useSettings()
  return singleKeys ? <kbd className="key key-drawn" data-key={name} aria-hidden="true" /> : null
}
