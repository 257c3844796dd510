import type { Settings } from '../../shared/settings.ts'

/** What each setting is called where it is named alone; the compiler sees to it that none is missing. */
export const settingNames = {
  outcomes: 'settings.notifications.title',
  rules: 'settings.rules.title',
  targets: 'settings.handOn.title',
  tellShown: 'settings.notifications.tellShown',
  tellMessages: 'settings.notifications.tellMessages',
  tellFixed: 'settings.notifications.tellFixed',
  phases: 'settings.notifications.beforeEnd',
  oneByOne: 'settings.notifications.oneByOne',
  quietHours: 'settings.quiet.title',
  keepJobs: 'settings.jobs.keep',
  language: 'settings.language.label',
  theme: 'settings.appearance.theme',
  density: 'settings.appearance.density',
  whenClosed: 'settings.behaviour.whenClosed',
  shortcut: 'settings.behaviour.shortcut.label',
  iconClick: 'settings.behaviour.iconClick',
  isCompactPinned: 'compact.pin',
  lookForUpdates: 'settings.updates.look',
  missedRuns: 'settings.notifications.missedRuns',
  singleKeys: 'settings.behaviour.singleKeys',
} as const satisfies Record<keyof Settings, string>
