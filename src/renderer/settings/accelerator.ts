/** What of a key event makes an accelerator. */
export interface PressedKeys {
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

/**
 * The keys as Electron writes them (`Control+Alt+W`); null for those that can't be a shortcut from everywhere: a letter
 * without Ctrl, Alt or Meta would be lost for writing.
 */
export function acceleratorOf({ code, ctrlKey, altKey, shiftKey, metaKey }: PressedKeys): string | null {
  const key = /^(?:Key|Digit)(?<name>[A-Z0-9])$/u.exec(code)?.groups?.['name']
  const other = /^(?:F\d{1,2}|Space)$/u.test(code) ? code : undefined
  const name = key ?? other
  const isFunction = code.startsWith('F')
  if (name === undefined || !(ctrlKey || altKey || metaKey || isFunction)) return null
  return [
    ...(ctrlKey ? ['Control'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey ? ['Shift'] : []),
    ...(metaKey ? ['Super'] : []),
    name,
  ].join('+')
}
