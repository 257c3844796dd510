import { useEffect, useRef } from 'react'
import { useSettings } from '../../hooks.ts'

/** What keys do, by the `key` of a keyboard event, letters small. */
type KeyActions = Readonly<Record<string, ((event: KeyboardEvent) => void) | undefined>>

/** Keys that scroll or move in what has the focus: they are shortcuts where nothing has it, as in a window that has just opened. */
const arrows: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp'])
/** Keys that go from one to the next: held down they go on. Whatever else a key does, it does once. */
const steps: ReadonlySet<string> = new Set([...arrows, 'j', 'k', 'e'])
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
  /** Whether it is held down, and has been heard before. */
  readonly repeat: boolean
}

/** Where a key is pressed. */
interface Circumstances {
  /** Somebody types. */
  readonly isTyping: boolean
  /** Something on the page has the focus. */
  readonly isInside: boolean
  /** The setting: whether the key of a letter or a sign does anything by itself. */
  readonly singleKeys: boolean
}

/** As letters are called in `KeyActions`. */
const nameOf = (key: string): string => (key.length === 1 ? key.toLowerCase() : key)

/** Whether a key that was pressed may be a shortcut: not while somebody types, nor with another key held. */
export const mayBeShortcut = (
  { key, ctrlKey, altKey, metaKey, defaultPrevented, repeat }: Pressed,
  { isTyping, isInside, singleKeys }: Circumstances,
): boolean =>
  !defaultPrevented &&
  !ctrlKey &&
  !altKey &&
  !metaKey &&
  !isTyping &&
  !(isInside && arrows.has(key)) &&
  !(repeat && !steps.has(nameOf(key))) &&
  (singleKeys || key.length > 1)

/** Hears single keys anywhere on the page, but none that are typed. */
export function useKeys(actions: KeyActions): void {
  const { singleKeys } = useSettings()
  const latest = useRef({ actions, singleKeys })
  useEffect(() => {
    latest.current = { actions, singleKeys }
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target, key } = event
      const isTyping = target instanceof Element && target.closest(typing) !== null
      const isInside = target !== document.body
      const { actions: latestActions, singleKeys: isOn } = latest.current
      if (!mayBeShortcut(event, { isTyping, isInside, singleKeys: isOn })) return
      if (document.querySelector(above) !== null) return
      const action = latestActions[nameOf(key)]
      if (action === undefined) return
      event.preventDefault()
      action(event)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function dropHeldEnter(event: KeyboardEvent): void {
  if (!event.repeat || event.key !== 'Enter' || event.target instanceof HTMLTextAreaElement) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

/**
 * Has Enter that is held down count once. The browser would press the button again and again that has the focus by then:
 * a start closes its list and gives the focus back to the button that opens it, and so on to the next start.
 */
export const hearEnterOnce = (page: Pick<Document, 'addEventListener'>): void =>
  page.addEventListener('keydown', dropHeldEnter, { capture: true })
