import { type KeyboardEvent, type ReactElement, type ReactNode, type RefObject, useRef } from 'react'
import { useSettings } from '../hooks.ts'
import { isSingleKey } from '../jobs/keys/shortcuts.ts'
import { movedIndex } from '../jobs/list/list-moves.ts'
import './menu.css'

/** A line of a menu. */
export interface MenuEntry {
  readonly id: string
  readonly label: ReactNode
  /** The key that does the same, as it is printed on it. */
  readonly keys?: string | undefined
  /** Whether a line parts it from what stands above. */
  readonly isApart?: boolean
  readonly onChoose: () => void
}

interface MenuProps {
  /** What the button that opens it names as its `popoverTarget`, or what `showPopover` is called on. */
  readonly id?: string
  readonly menu?: RefObject<HTMLDivElement | null>
  readonly label: string
  readonly className?: string
  readonly entries: readonly MenuEntry[]
  readonly onToggle?: (isOpen: boolean) => void
}

/** A menu: the platform's own popover, which Escape and a click elsewhere close, with the keys of a menu. */
export function Menu({ id, menu, label, className = '', entries, onToggle }: MenuProps): ReactElement {
  const { singleKeys } = useSettings()
  const own = useRef<HTMLDivElement>(null)
  const element = menu ?? own
  const items = (): HTMLButtonElement[] => [
    ...(element.current?.querySelectorAll<HTMLButtonElement>('[role=menuitem]') ?? []),
  ]
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.key === 'Tab') {
      element.current?.hidePopover()
      return
    }
    const all = items()
    const at = all.findIndex((item) => item === document.activeElement)
    const index = movedIndex(event.key, at, all.length, all.length)
    if (index === null) return
    event.preventDefault()
    // What is beyond the last is the first.
    const isRound = index === at && (event.key === 'ArrowDown' || event.key === 'ArrowUp')
    all.at(isRound ? (event.key === 'ArrowDown' ? 0 : -1) : index)?.focus()
  }
  return (
    <div
      id={id}
      ref={element}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className={`menu ${className}`}
      onKeyDown={onKeyDown}
      onToggle={({ newState }) => {
        if (newState === 'open') items()[0]?.focus()
        onToggle?.(newState === 'open')
      }}
    >
      {entries.map(({ id: key, label: text, keys, isApart = false, onChoose }) => (
        <button
          key={key}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={isApart ? 'menu-item menu-item-apart' : 'menu-item'}
          onPointerEnter={({ currentTarget }) => currentTarget.focus()}
          onClick={() => {
            element.current?.hidePopover()
            onChoose()
          }}
        >
          <span className="menu-label">{text}</span>
          {keys !== undefined && (singleKeys || !isSingleKey(keys)) && <kbd aria-hidden="true">{keys}</kbd>}
        </button>
      ))}
    </div>
  )
}
