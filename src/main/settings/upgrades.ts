/** Lifts a document by one version. Pure; it may trust nothing about its argument beyond being an object. */
export type Upgrade = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>

/**
 * The way from each old layout of the settings file to the next: the entry with the key n makes version n + 1 out of
 * version n. Version 1 is the first, so nothing leads up to it.
 */
export const upgrades: ReadonlyMap<number, Upgrade> = new Map()

/**
 * Lifts a document version by version for as long as there is a next one. What has no readable version is returned
 * as it is (the schema refuses it then), and so is a document of a newer app.
 */
export function upgradeDocument(raw: unknown, table: ReadonlyMap<number, Upgrade>): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw
  let document: Record<string, unknown> = { ...raw }
  for (;;) {
    const version = document['version']
    const upgrade = typeof version === 'number' ? table.get(version) : undefined
    if (upgrade === undefined || typeof version !== 'number') return document
    document = { ...upgrade(document), version: version + 1 }
  }
}
