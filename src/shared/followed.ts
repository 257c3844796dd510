import type { TFunction } from 'i18next'
import type { AppState, LinkState, ServerView } from './app-state.ts'
import type { Command } from './commands.ts'

type Servers = Pick<AppState, 'servers'>

/** The servers whose jobs the app follows: jobs of another one are kept, but nothing is asked of them. */
export const followedServers = ({ servers }: Servers): ServerView[] =>
  servers.filter(({ link }) => link !== 'signedOut')

/** Whether the app follows the jobs of this server profile. */
export const isFollowed = (state: Servers, serverId: string): boolean =>
  followedServers(state).some(({ id }) => id === serverId)

/** Whether nothing can be learnt or asked by such a link before somebody signs in. */
export const needsSignIn = (link: LinkState): boolean => link === 'signedOut' || link === 'signInNeeded'

/** Whether the server is not asked by such a link: it does not answer, or somebody has to sign in first. */
export const isUnasked = (link: LinkState): boolean => link === 'offline' || needsSignIn(link)

/** Whether the server answers by such a link, so that what is known of its jobs is what it says now. */
export const isUp = (link: LinkState): boolean => link === 'online' || link === 'slow'

/** Whether somebody is signed in to this server, so that anything new can be learnt of its jobs, or asked for. */
export const isSignedIn = ({ servers }: Servers, serverId: string): boolean =>
  servers.some(({ id, link }) => id === serverId && !needsSignIn(link))

/** The server that the sign-in form is filled in with; null where that is none. */
export const shownServer = ({ servers, shownId }: Pick<AppState, 'servers' | 'shownId'>): ServerView | null =>
  servers.find(({ id }) => id === shownId) ?? null

/** What a job, or whatever else belongs to a server, says of it; null where there is no other that could be meant. */
export function saidServer({ servers }: Servers, serverId: string, t: TFunction): string | null {
  const server = servers.find(({ id }) => id === serverId)
  if (server === undefined) return t('server.forgotten')
  return servers.length > 1 ? server.name : null
}

/** Leads to the form of the one server that waits for a sign-in; where it could be any of several, to all of them. */
export function signInCommand({ servers }: Servers): Command {
  const expired = servers.filter(({ link }) => link === 'signInNeeded')
  const waiting = expired.length > 0 ? expired : servers.filter(({ link }) => needsSignIn(link))
  return waiting.length > 1
    ? { kind: 'show', page: 'servers', key: null }
    : { kind: 'showSignIn', serverId: waiting[0]?.id ?? null }
}
