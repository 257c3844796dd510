/** Characters of a name that a menu shows. */
const longestLabel = 60

/** A name on one line, not longer than a menu can bear. */
const shortened = (name: string): string => {
  const line = name.replace(/\s+/gu, ' ').trim()
  const characters = Array.from(line)
  return characters.length <= longestLabel
    ? line
    : `${characters
        .slice(0, longestLabel - 1)
        .join('')
        .trimEnd()}…`
}

/**
 * A name as a menu's label. On all systems Electron reads `&` as the mark of an access key (on macOS it drops it), so
 * it is doubled; the underscore that marks one on Linux is escaped by Electron itself.
 */
export const labelText = (name: string): string => name.replaceAll('&', '&&')

/**
 * Names shortened for a menu, made different where several are equal: by what `difference` says of them, and numbered
 * if even that is equal.
 * @param say the label of a shortened name
 */
export const uniqueLabels = (
  names: readonly string[],
  difference: (index: number) => string,
  say = (name: string, _index: number): string => name,
): string[] => {
  const labels = names.map((name, index) => say(shortened(name), index))
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
