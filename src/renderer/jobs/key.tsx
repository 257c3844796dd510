import type { ReactElement } from 'react'

/**
 * The key that does the same as the control that it stands in. Drawn by the style sheet: it is no part of the control's
 * name, and a screen reader has the list of keys.
 */
export const Key = ({ name }: { readonly name: string }): ReactElement => (
  <kbd className="key key-drawn" data-key={name} aria-hidden="true" />
)
