import type { KeyboardEvent } from 'react'
import { movedIndex } from '../jobs/list/list-moves.ts'

/** Arrows to the sides move in a row as those up and down do in a list. */
const sideways: Readonly<Record<string, string>> = { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' }

/** Moves the focus among the buttons of a row or a list, of which Tab reaches one. */
export function moveAmongButtons(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const index = movedIndex(sideways[event.key] ?? event.key, at, buttons.length, buttons.length)
  if (index === null) return
  event.preventDefault()
  event.stopPropagation()
  buttons[index]?.focus()
}
