import { z } from 'zod'
import { closings, densities, iconClicks, mostRules, mostTargets, starters, themes } from './choices.ts'
import { targetIdSchema, targetSchema } from './hand-on.ts'
import { languageChoices } from './languages.ts'
import { outcomes } from './outcome.ts'
import { soundNames } from './sound.ts'
import { type ToldPhase, toldPhases } from './told-phase.ts'

/** See `ChosenSound`. */
export const chosenSoundSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('named'), name: z.enum([...soundNames.linux, ...soundNames.macos]) }),
  z.object({ kind: z.literal('file'), path: z.string().min(1).max(4096) }),
])

/** How something is told of a job. */
const tellingSchema = z.object({
  notify: z.boolean(),
  /** Whether with a sound, */
  sound: z.boolean(),
  /** and with which; null for the system's usual one. Absent in older files. */
  chosenSound: chosenSoundSchema.nullable().default(null),
  /** Whether the notification stays on the screen until somebody takes it away. Absent in older files. */
  stays: z.boolean().default(false),
})
export type Telling = z.infer<typeof tellingSchema>

/** How some jobs are told, in place of what is set for all. */
export const notificationRuleSchema = tellingSchema
  .extend({
    /** The workflow's name, in capitals or not; null for any. */
    workflow: z.string().min(1).max(500).nullable(),
    /** The profile's id; null for any. */
    serverId: z.string().max(100).nullable(),
    startedBy: z.enum(starters),
    /** Which of their ends it is about, */
    outcomes: z.array(z.enum(outcomes)),
    /** and what of that which they come to before. */
    phases: z.array(z.enum(toldPhases)).default([]),
    /** The ids of the targets that the ends are handed on to, whether or not they are told. Absent in older files. */
    handOn: z.array(targetIdSchema).max(mostTargets).default([]),
  })
  .refine((rule) => rule.outcomes.length + rule.phases.length > 0)
export type NotificationRule = z.infer<typeof notificationRuleSchema>

const minuteOfDay = z.number().int().min(0).max(1439)

/** See `QuietHours`. */
const quietHoursSchema = z.object({
  isOn: z.boolean(),
  days: z.array(z.number().int().min(0).max(6)).max(7),
  from: minuteOfDay,
  to: minuteOfDay,
})

/** Every night. */
const offeredQuietHours = { isOn: false, days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60, to: 7 * 60 }

const inSilence: Telling = { notify: true, sound: false, chosenSound: null, stays: false }
const withSound: Telling = { ...inSilence, sound: true }

const offeredPhases: Record<ToldPhase, Telling> = {
  waiting: withSound,
  suspended: inSilence,
  notBegun: withSound,
  stillRunning: inSilence,
}

/** What a person can choose. Stored by electron-store; upgrades are in main/settings. */
export const settingsSchema = z.object({
  outcomes: z.record(z.enum(outcomes), tellingSchema),
  /** How it is told what jobs come to before their end. Absent in older files. */
  phases: z.record(z.enum(toldPhases), tellingSchema).default(offeredPhases),
  /** Exceptions from that: the first that fits a job counts. Absent in older files. */
  rules: z.array(notificationRuleSchema).max(mostRules).default([]),
  /** Where ends can be handed on to. Absent in older files. */
  targets: z.array(targetSchema).max(mostTargets).default([]),
  /** Whether that a workflow is done after it had failed is told, also where "done" is not. Absent in older files. */
  tellFixed: z.boolean().default(true),
  /** Whether also the end of a job is told that the window shows at that moment. Absent in older files. */
  tellShown: z.boolean().default(false),
  /** Whether Wexflow's own messages to the user are looked for and told. Absent in older files. */
  tellMessages: z.boolean().default(true),
  /** Whether it is told that a watched workflow did not run as its schedule says. Absent in older files. */
  missedRuns: z.boolean().default(true),
  /** How many notifications come one by one in ten seconds, before they are gathered. Absent in older files. */
  oneByOne: z.number().int().min(1).max(100).default(2),
  /** Absent in older files. */
  quietHours: quietHoursSchema.default(offeredQuietHours),
  /** How many ended jobs the list keeps. */
  keepJobs: z.number().int().min(10).max(10_000),
  /** The language of the app. Absent in older files. */
  language: z.enum(languageChoices).default('system'),
  // What follows is absent in older files.
  theme: z.enum(themes).default('system'),
  density: z.enum(densities).default('comfortable'),
  iconClick: z.enum(iconClicks).default('auto'),
  /** Whether the small window stays when the person turns to something else. */
  isCompactPinned: z.boolean().default(false),
  /** The keys that find a workflow from wherever the person is, as Electron writes them; null for none. */
  shortcut: z.string().max(100).nullable().default(null),
  whenClosed: z.enum(closings).default('stay'),
  /** Whether the app looks for newer versions of itself, where it brings them. */
  lookForUpdates: z.boolean().default(true),
  /** Whether single keys (J, R, /) do something in the window. Off for who speaks or hits keys by accident: WCAG 2.1.4. */
  singleKeys: z.boolean().default(true),
})
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = {
  outcomes: {
    done: inSilence,
    warning: withSound,
    failed: withSound,
    stopped: inSilence,
    rejected: inSilence,
    notStarted: withSound,
    unknown: withSound,
  },
  phases: offeredPhases,
  rules: [],
  targets: [],
  tellFixed: true,
  tellShown: false,
  tellMessages: true,
  missedRuns: true,
  oneByOne: 2,
  quietHours: offeredQuietHours,
  keepJobs: 1000,
  language: 'system',
  theme: 'system',
  density: 'comfortable',
  iconClick: 'auto',
  isCompactPinned: false,
  shortcut: null,
  whenClosed: 'stay',
  lookForUpdates: true,
  singleKeys: true,
}
