import type { Profile, ServerView } from '../../shared/app-state.ts'

/** An address without its scheme, as a person would type it. */
const shortAddress = (baseUrl: string): string => {
  if (!URL.canParse(baseUrl)) return baseUrl
  const { host, pathname } = new URL(baseUrl)
  return pathname === '/' ? host : `${host}${pathname}`
}

/** What a server is called: as the person named it, else by its address. */
export const serverName = ({ name = '', baseUrl }: Pick<Profile, 'name' | 'baseUrl'>): string =>
  name === '' ? shortAddress(baseUrl) : name

type Named = Pick<ServerView, 'name' | 'baseUrl' | 'username'>

/** What may be said of a server to tell it from others of its name, the shortest first. */
const distinctions: readonly ((server: Named) => string)[] = [
  ({ name }) => name,
  ({ name, username }) => `${name} (${username})`,
  ({ name, baseUrl }) => `${name} (${shortAddress(baseUrl)})`,
  ({ name, username, baseUrl }) => `${name} (${username}, ${baseUrl})`,
]

/**
 * The servers with names that tell them apart: those of one name by their user, else by their address, else by both.
 */
export function withUniqueNames<Server extends Named>(servers: readonly Server[]): Server[] {
  return servers.map((server) => {
    const others = servers.filter((one) => one !== server && one.name === server.name)
    const name = distinctions
      .map((said) => ({ own: said(server), theirs: others.map(said) }))
      .find(({ own, theirs }) => !theirs.includes(own))?.own
    return { ...server, name: name ?? server.name }
  })
}
