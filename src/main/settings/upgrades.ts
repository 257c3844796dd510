import { z } from 'zod'
import { outcomes } from '../../shared/outcome.ts'
import { defaultSettings } from '../../shared/settings.ts'
import { toldPhases } from '../../shared/told-phase.ts'

/** Lifts a document by one version. Pure; it may trust nothing about its argument beyond being an object. */
export type Upgrade = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** What the upgrades below read; anything else in a section is handed on as it is. */
const activeProfileSchema = z.looseObject({ activeId: z.string().nullable() })
const byProfileSchema = z.record(z.string(), z.unknown())

/**
 * Version 1 was signed in to one profile at a time. The passwords of others were left behind where somebody signed in
 * as another without signing out: nobody uses them any more.
 */
const severalServers: Upgrade = (document) => {
  const profiles = activeProfileSchema.safeParse(document['profiles'])
  if (!profiles.success) return { ...document }
  const { activeId } = profiles.data
  const sealed = byProfileSchema.safeParse(document['sealedPasswords'])
  return {
    ...document,
    profiles: { ...profiles.data, followed: activeId === null ? [] : [activeId] },
    ...(sealed.success && {
      sealedPasswords: Object.fromEntries(Object.entries(sealed.data).filter(([id]) => id === activeId)),
    }),
  }
}

/** Version 2 went straight to every server: there were no secrets but the passwords. */
const connections: Upgrade = (document) => ({ sealedSecrets: {}, ...document })

const settingsOfVersion3Schema = z.looseObject({
  stillRunning: z.boolean().default(true),
  rules: z.array(z.unknown()).default([]),
})
/** A rule about every end, made one about what comes before that too. */
const aboutEveryEndSchema = z
  .looseObject({ outcomes: z.array(z.unknown()) })
  .refine((rule) => outcomes.every((outcome) => rule.outcomes.includes(outcome)))
  .transform((rule) => ({ ...rule, phases: [...toldPhases] }))

/**
 * Version 3 said of what jobs come to before their end only whether it is told that they still run. A rule about every
 * end is about that too from now on: who wanted to hear nothing of a workflow wants no other toast of it either.
 */
export const beforeTheEnd: Upgrade = (document) => {
  const settings = settingsOfVersion3Schema.safeParse(document['settings'])
  if (!settings.success) return { ...document }
  const { stillRunning, rules, ...others } = settings.data
  const { phases } = defaultSettings
  return {
    ...document,
    settings: {
      ...others,
      phases: { ...phases, stillRunning: { ...phases.stillRunning, notify: stillRunning } },
      rules: rules.map((rule) => aboutEveryEndSchema.safeParse(rule).data ?? rule),
    },
  }
}

/**
 * The way from each old layout of the settings file to the next: the entry with the key n makes version n + 1 out of
 * version n. Version 1 is the first, so nothing leads up to it.
 */
export const upgrades: ReadonlyMap<number, Upgrade> = new Map([
  [1, severalServers],
  [2, connections],
  [3, beforeTheEnd],
])

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
