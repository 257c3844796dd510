import { asRead } from './as-read.ts'
import { z } from 'zod'

/** An item of a menu as a panel shows it. */
export interface MenuEntry {
  /** The number that a click names. */
  readonly id: number
  /** Without the mark of an access key; empty for a separator. */
  readonly label: string
  readonly isEnabled: boolean
  readonly isSeparator: boolean
  readonly items: readonly MenuEntry[]
}

const propertiesSchema = z.looseObject({
  label: z.string().default(''),
  enabled: z.boolean().default(true),
  visible: z.boolean().default(true),
  type: z.string().default('standard'),
})

const layoutSchema = z.tuple([z.number(), propertiesSchema, z.array(z.unknown())])

/** In dbusmenu an underscore marks the access key, and two of them are one. */
const plainLabel = (label: string): string =>
  label.replaceAll(/__|_/g, (found) => (found === '__' ? '_' : ''))

/** Reads a node of the answer of `com.canonical.dbusmenu.GetLayout`. Throws for what is none. */
export const parseLayout = (layout: unknown): MenuEntry => {
  const [id, { label, enabled, type }, children] = layoutSchema.parse(layout)
  const items = children.filter((child) => layoutSchema.parse(child)[1].visible).map(parseLayout)
  return { id, label: plainLabel(label), isEnabled: enabled, isSeparator: type === 'separator', items }
}

/**
 * The item to which these labels lead; null where there is none. What a label says beyond them after a comma counts as
 * the clock runs: how long a job has taken, and usually takes.
 */
export const findEntry = (menu: MenuEntry, labels: readonly string[]): MenuEntry | null => {
  const [first, ...rest] = labels
  if (first === undefined) return menu
  const found =
    menu.items.find(({ label }) => asRead(label) === first) ??
    menu.items.find(({ label }) => asRead(label).startsWith(`${first}, `))
  return found === undefined ? null : findEntry(found, rest)
}

/** A menu as text, one line an item, for a person's eye and for failed tests: greyed items stand in parentheses. */
export const menuText = (menu: MenuEntry, indent = ''): string =>
  menu.items
    .map((item) => {
      const label = item.isSeparator ? '---' : item.isEnabled ? item.label : `(${item.label})`
      return `${indent}${label}\n${menuText(item, `${indent}  `)}`
    })
    .join('')
