import { useEffect, useRef } from 'react'

/** What keys do, by the `key` of a keyboard event, letters small. */
type KeyActions = Readonly<Record<string, ((event: KeyboardEvent) => void) | undefined>>

/** Where keys write or choose by themselves. */
const typing = 'input, textarea, select, [contenteditable]'
/** What lies over the page has the keys for itself. */
const above = ':popover-open, dialog[open]'

/** What of an event counts for whether it is a shortcut. */
interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly defaultPrevented: boolean
}

/** Whether a key that was pressed may be a shortcut: not while somebody types, nor with another key held. */
export const mayBeShortcut = (
  { ctrlKey, altKey, metaKey, defaultPrevented }: Pressed,
  isTyping: boolean,
): boolean => !defaultPrevented && !ctrlKey && !altKey && !metaKey && !isTyping

/** Hears single keys anywhere on the page, but none that are typed. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target, key } = event
      const isTyping = target instanceof Element && target.closest(typing) !== null
      if (!mayBeShortcut(event, isTyping) || document.querySelector(above) !== null) return
      const action = latest.current[key.length === 1 ? key.toLowerCase() : key]
      if (action === undefined) return
      event.preventDefault()
      action(event)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
