import type { AppState } from './app-state.ts'

/** Whether the app follows the jobs of this server profile: jobs of another one are kept, but nothing is asked of them. */
export const isFollowed = ({ servers }: Pick<AppState, 'servers'>, serverId: string): boolean =>
  servers.some(({ id, link }) => id === serverId && link !== 'signedOut')
