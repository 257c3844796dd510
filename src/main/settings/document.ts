import { z } from 'zod'
import { profileSchema } from '../../shared/app-state.ts'
import { targetSchema } from '../../shared/hand-on.ts'
import { viewSchema } from '../../shared/view.ts'
import { plainVariableSchema } from '../../shared/variables.ts'
import { defaultSettings, notificationRuleSchema, settingsSchema } from '../../shared/settings.ts'

/** Where the window was: pixels of the virtual desktop that all screens share. */
const windowBoundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Whether it filled its screen: the rest is where it goes back to. Absent in older files. */
  isMaximized: z.boolean().optional(),
})
export type WindowBounds = z.infer<typeof windowBoundsSchema>

/** The layout of the settings file that this version writes. Raise it together with `upgrades.ts`. */
export const currentVersion = 4

const rememberedVariables = z.record(z.string(), z.record(z.string(), z.array(plainVariableSchema)))

const sections = {
  settings: settingsSchema.loose(),
  profiles: z.looseObject({
    list: z.array(profileSchema.loose()),
    /** The ids of the profiles that the app is signed in to, the one that was signed in to last at the end. */
    followed: z.array(z.string()),
    /** The last of them; null when there is none. Version 1 followed this one only. */
    activeId: z.string().nullable(),
  }),
  /** Starred workflows, by profile id. */
  favourites: z.record(z.string(), z.array(z.number().int())),
  /** Variables that were taken over from another computer, by profile id and the workflow's id. */
  variables: rememberedVariables.default({}),
  /** Whether the person has been told what happens after the first sign-in. Absent in files of who knew it before. */
  introduced: z.boolean().default(true),
  /** Job ids of runs that others began and that the person took off the list, by profile id, the newest last. */
  dismissed: z.record(z.string(), z.array(z.string())).default({}),
  /** Ids of messages of Wexflow that were told and are not read, by profile id. */
  toldMessages: z.record(z.string(), z.array(z.string())).default({}),
  /** Ciphertext only, base64, by profile id. */
  sealedPasswords: z.record(z.string(), z.string()),
  /**
   * The same of what goes with their connections (passwords of proxies, passphrases), and of the addresses that ends are
   * handed on to (by `target:` and the target's id).
   */
  sealedSecrets: z.record(z.string(), z.string()),
  /** Until when notifications are muted, in milliseconds since 1970; null where they never were. Absent in older files. */
  mutedUntil: z.number().nullable().default(null),
  view: viewSchema,
  windowBounds: windowBoundsSchema.nullable(),
}

/**
 * Everything in the settings file. Fields that this version does not know are kept (the loose objects), so that a
 * person who goes back to an older version for a day loses nothing of the newer one.
 */
const documentSchema = z.looseObject({ version: z.number().int().positive(), ...sections })
export type SettingsDocument = z.infer<typeof documentSchema>

/** A new user's document. */
export const emptyDocument: SettingsDocument = {
  version: currentVersion,
  settings: defaultSettings,
  profiles: { list: [], followed: [], activeId: null },
  favourites: {},
  variables: {},
  introduced: false,
  dismissed: {},
  toldMessages: {},
  sealedPasswords: {},
  sealedSecrets: {},
  mutedUntil: null,
  view: { page: 'jobs', selectedKey: null, scrollTop: 0 },
  windowBounds: null,
}

/** Of a list or a table what can be read, entry by entry: one that can't be costs no other. */
const readableItems = <Item>(schema: z.ZodType<Item>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items) => items.flatMap((item) => schema.safeParse(item).data ?? []))
const readableEntries = <Value>(schema: z.ZodType<Value>) =>
  z
    .record(z.string(), z.unknown())
    .catch({})
    .transform((table) =>
      Object.fromEntries(
        Object.entries(table).flatMap(([key, value]): [string, Value][] => {
          const { success, data } = schema.safeParse(value)
          return success ? [[key, data]] : []
        }),
      ),
    )

/** A profile whose connection is damaged is reached as usual. */
const salvagedConnection = profileSchema.shape.connection.catch(undefined)

/**
 * What is damaged falls back to its own default and takes as little as possible with it. Made only for a file that is
 * damaged: that takes 2 ms, for which every start would keep the tray waiting.
 */
const salvageSchema = () =>
  z.looseObject({
    version: z.number().int().positive().catch(currentVersion),
    settings: settingsSchema
      .extend({ rules: readableItems(notificationRuleSchema), targets: readableItems(targetSchema) })
      .loose()
      .catch(emptyDocument.settings),
    profiles: z
      .looseObject({
        list: readableItems(profileSchema.extend({ connection: salvagedConnection }).loose()),
        followed: readableItems(z.string()),
        activeId: z.string().nullable().catch(null),
      })
      .catch(emptyDocument.profiles),
    favourites: readableEntries(z.array(z.number().int())),
    variables: readableEntries(z.record(z.string(), z.array(plainVariableSchema))).default({}),
    introduced: z.boolean().catch(true).default(true),
    dismissed: readableEntries(z.array(z.string())).default({}),
    toldMessages: readableEntries(z.array(z.string())).default({}),
    sealedPasswords: readableEntries(z.string()),
    sealedSecrets: readableEntries(z.string()),
    mutedUntil: sections.mutedUntil.catch(null),
    view: sections.view.catch(emptyDocument.view),
    windowBounds: sections.windowBounds.catch(emptyDocument.windowBounds),
  })

/** In the place of a document of which nothing can be read: whoever had one has used the app before. */
export const lostDocument: SettingsDocument = { ...emptyDocument, introduced: true }

/** zod compiles a schema when it first parses, which takes longer than the one parse that there is. */
const once = { jitless: true }

/**
 * Reads what the file held, already upgraded to the current version.
 * @returns the document, and whether a part of it was damaged and replaced by its default.
 */
export function parseDocument(raw: unknown): { document: SettingsDocument; damaged: boolean } {
  const strict = documentSchema.safeParse(raw, once)
  if (strict.success) return { document: strict.data, damaged: false }
  const salvaged = salvageSchema().safeParse(raw, once)
  return { document: salvaged.success ? salvaged.data : lostDocument, damaged: true }
}
