import type { ServerView } from '../../shared/app-state.ts'

/**
 * What a server is called: its address without the scheme, as a person would type it.
 * @param baseUrl as a profile has it
 */
export function serverName(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return baseUrl
  const { host, pathname } = new URL(baseUrl)
  return pathname === '/' ? host : `${host}${pathname}`
}

/** The servers with names that tell them apart: where two users share a server, by the user. */
export function withUniqueNames(servers: readonly ServerView[]): ServerView[] {
  return servers.map((server) => {
    const isShared = servers.some(({ id, name }) => id !== server.id && name === server.name)
    return isShared ? { ...server, name: `${server.name} (${server.username})` } : server
  })
}
