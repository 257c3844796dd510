import type { Profile, ServerView } from '../../shared/app-state.ts'
import type { AppStore } from '../settings/app-store.ts'
import { serverName, withUniqueNames } from './server-name.ts'

/** Whether its password is stored, so that nobody has to type it. */
export const isRemembered = ({ id }: Profile, appStore: AppStore): boolean =>
  appStore.sealedPassword(id) !== null

export const isToBeFollowed = ({ id }: Profile, appStore: AppStore): boolean => appStore.followed.has(id)

/** The profile that fills in the sign-in form where nobody has asked for another one. */
export const shownProfile = (appStore: AppStore): Profile | null => {
  const waiting = appStore.profiles.find(
    (profile) => isToBeFollowed(profile, appStore) && !isRemembered(profile, appStore),
  )
  return waiting ?? appStore.activeProfile ?? appStore.profiles.at(-1) ?? null
}

/** What the app shows of its servers before it has asked any of them, from what is stored. */
export const firstServers = (
  appStore: AppStore,
): { readonly servers: readonly ServerView[]; readonly shownId: string | null } => ({
  servers: withUniqueNames(
    appStore.profiles.map((profile) => ({
      ...profile,
      name: serverName(profile),
      ownName: profile.name ?? '',
      watch: profile.watch ?? 'mine',
      link: isToBeFollowed(profile, appStore) && isRemembered(profile, appStore) ? 'connecting' : 'signedOut',
      failure: null,
      workflows: [],
      workflowsKnown: false,
      unreadMessages: 0,
    })),
  ),
  shownId: shownProfile(appStore)?.id ?? null,
})
