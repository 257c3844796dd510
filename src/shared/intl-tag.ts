/**
 * A tag that Intl takes; null where there is none in it. Electron hands over what Linux calls a language: with
 * LANG=en_IE.UTF-8@euro it was seen to say `en-IE@euro`, which Intl throws at.
 */
export function intlTag(tag: string): string | null {
  const [name = ''] = tag.split(/[.@]/u, 1)
  try {
    return Intl.getCanonicalLocales(name.replaceAll('_', '-'))[0] ?? null
  } catch {
    return null
  }
}
