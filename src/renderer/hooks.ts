import { createContext, use, useSyncExternalStore } from 'react'
import type { AppState, ServerView } from '../shared/app-state.ts'
import { type DesktopKind, type System, systemOf } from '../shared/desktop-kind.ts'
import { shownServer } from '../shared/followed.ts'
import type { Translator } from '../shared/i18n.ts'
import type { View } from '../shared/view.ts'
import type { JobView } from '../shared/job-view.ts'
import type { Settings } from '../shared/settings.ts'
import type { Clock } from './clock.ts'
import type { JobActions } from './jobs/actions/job-actions.ts'
import type { Look, WindowState } from './window-state.ts'
import type { WindowStore } from './window-store.ts'

/** What every part of the window works with. */
export interface Services {
  readonly store: WindowStore
  readonly actions: JobActions
  readonly clock: Clock
  readonly translator: Translator
  /** Whether this is the small window by the tray icon. */
  readonly isCompact: boolean
}

export const ServicesContext = createContext<Services | null>(null)

function useServices(): Services {
  const services = use(ServicesContext)
  if (services === null) throw new Error('a page was drawn outside of its services')
  return services
}

/** Whose `setView` and `saveSettings` change what the hooks below tell. */
export const useStore = (): WindowStore => useServices().store

/** What a person can want of jobs. */
export const useActions = (): JobActions => useServices().actions

/** `t`, and the locale for times and durations. */
export const useTexts = (): Translator => useServices().translator

/** Whether this is the small window by the tray icon. */
export const useIsCompact = (): boolean => useServices().isCompact

const minuteMs = 60_000
const thisMinute = (): number => Math.floor(Date.now() / minuteMs) * minuteMs
const watchNothing = (): (() => void) => () => {}

/**
 * The time in milliseconds since 1970.
 * @param isTicking true: it changes each second, as long as the page can be seen. False: it causes no drawing, and
 * is right to the minute whenever something else does, which is enough to tell today from yesterday
 */
export function useNow(isTicking: boolean): number {
  const { clock } = useServices()
  return useSyncExternalStore(isTicking ? clock.watch : watchNothing, isTicking ? clock.now : thisMinute)
}

/** A part of the state; the part must be the same object as long as it did not change. */
function useSelected<Part>(select: (state: WindowState) => Part): Part {
  const store = useStore()
  return useSyncExternalStore(store.onChange, () => {
    const state = store.state()
    if (state === null) throw new Error('a page was drawn before the snapshot had come')
    return select(state)
  })
}

const selectApp = (state: WindowState): AppState => state.app
/** The servers, and the notices. */
export const useAppState = (): AppState => useSelected(selectApp)

const selectServer = ({ app }: WindowState): ServerView | null => shownServer(app)
/** The server that is shown where there is room for one only; null where none is known. */
export const useShownServer = (): ServerView | null => useSelected(selectServer)

const selectJobs = (state: WindowState): readonly JobView[] => state.jobs
/** All jobs, newest first by the time of the wish. */
export const useJobs = (): readonly JobView[] => useSelected(selectJobs)

const selectUsual = (state: WindowState): ReadonlyMap<string, number> => state.usual
/** What workflows usually take, in milliseconds, by `workflowKeyOf`. */
export const useUsual = (): ReadonlyMap<string, number> => useSelected(selectUsual)

const selectSettings = (state: WindowState): Settings => state.settings
/** What the person chose, as main stores it; `useStore().saveSettings` changes it. */
export const useSettings = (): Settings => useSelected(selectSettings)

const selectPage = (state: WindowState): View['page'] => state.view.page
/** The page that is shown; `useStore().setView` turns to another. */
export const usePage = (): View['page'] => useSelected(selectPage)

const selectKey = (state: WindowState): string | null => state.view.selectedKey
/** The selected job's key; null for none. `useStore().setView` changes it. */
export const useSelectedKey = (): string | null => useSelected(selectKey)

const selectLook = (state: WindowState): Look => state.look
/** How the person looks at the jobs; `useStore().setList` and `setPane` change it. */
export const useLook = (): Look => useSelected(selectLook)

const selectVersion = (state: WindowState): string => state.version
/** The app's version. */
export const useVersion = (): string => useSelected(selectVersion)

const selectDesktop = (state: WindowState): DesktopKind => state.desktop
/** Which desktop the app runs on. */
export const useDesktop = (): DesktopKind => useSelected(selectDesktop)

const selectSystem = ({ desktop }: WindowState): System => systemOf(desktop)
/** Which operating system the app runs on. */
export const useSystem = (): System => useSelected(selectSystem)

const selectShows = (state: WindowState): number => state.shows
/** Changes each time that main asks for a page. */
export const useShows = (): number => useSelected(selectShows)
