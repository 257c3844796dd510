import type { AppState, ServerView } from './app-state.ts'

/** The servers whose jobs the app follows: jobs of another one are kept, but nothing is asked of them. */
export const followedServers = ({ servers }: Pick<AppState, 'servers'>): ServerView[] =>
  servers.filter(({ link }) => link !== 'signedOut')

/** Whether the app follows the jobs of this server profile. */
export const isFollowed = (state: Pick<AppState, 'servers'>, serverId: string): boolean =>
  followedServers(state).some(({ id }) => id === serverId)

/** The server that is shown where there is room for one only; null where none is known. */
export const shownServer = ({ servers, shownId }: Pick<AppState, 'servers' | 'shownId'>): ServerView | null =>
  servers.find(({ id }) => id === shownId) ?? null
