import { isolated } from '../../shared/isolated.ts'

/** Characters of a name that a menu shows. */
const longestName = 40

/** Parts a text into what people call characters; made for the first long name, for few names are long. */
let segmenter: Intl.Segmenter | undefined

/** A name on one line, cut between two characters where a menu can't bear all of it. */
export const shortName = (name: string): string => isolated(cut(name.replace(/\s+/gu, ' ').trim()))

function cut(line: string): string {
  if (line.length <= longestName) return line
  segmenter ??= new Intl.Segmenter()
  const starts = Array.from(segmenter.segment(line), ({ index }) => index)
  if (starts.length <= longestName) return line
  return `${line.slice(0, starts[longestName - 1]).trimEnd()}…`
}

/**
 * A name as a menu's label. On all systems Electron reads `&` as the mark of an access key (on macOS it drops it), so
 * it is doubled; the underscore that marks one on Linux is escaped by Electron itself.
 */
export const labelText = (name: string): string => name.replaceAll('&', '&&')

/**
 * Labels made different where several are equal: by what `difference` says of them, and numbered if even that is
 * equal.
 */
export const uniqueLabels = (labels: readonly string[], difference: (index: number) => string): string[] => {
  const counts = countEach(labels)
  const told = labels.map((label, index) =>
    (counts.get(label) ?? 0) > 1 ? `${label} (${difference(index)})` : label,
  )
  const seen = new Map<string, number>()
  return told.map((label) => {
    const number = (seen.get(label) ?? 0) + 1
    seen.set(label, number)
    return number === 1 ? label : `${label} ${number}`
  })
}

const countEach = (values: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
