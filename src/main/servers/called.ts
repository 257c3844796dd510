import type { ServerView, Workflow } from '../../shared/app-state.ts'
import { isSameName } from '../../shared/same-name.ts'

/**
 * Milliseconds that a server, which may just be connecting, has to tell the workflows among which a link or a command line
 * calls one.
 */
export const workflowsWithinMs = 30_000

const urlOf = (baseUrl: string): { readonly host: string; readonly hostname: string } =>
  URL.canParse(baseUrl) ? new URL(baseUrl) : { host: '', hostname: '' }

/** Those that the first of these ways of calling something finds anything by. */
const byFirst = <Item>(ways: readonly ((item: Item) => boolean)[], items: readonly Item[]): readonly Item[] =>
  ways.map((isMeant) => items.filter(isMeant)).find((found) => found.length > 0) ?? []

type NamedServer = Pick<ServerView, 'name' | 'ownName' | 'baseUrl'>

/** The servers that a link or a command line may mean: by name, else by the host of their address. */
export const serversCalled = <Server extends NamedServer>(
  called: string,
  servers: readonly Server[],
): readonly Server[] =>
  byFirst<Server>(
    [
      ({ name }) => isSameName(name, called),
      ({ ownName }) => isSameName(ownName, called),
      ({ baseUrl }) => isSameName(urlOf(baseUrl).host, called),
      ({ baseUrl }) => isSameName(urlOf(baseUrl).hostname, called),
    ],
    servers,
  )

/** The workflows that a link or a command line may mean: by id, else by name, else by name in other letters. */
export const workflowsCalled = <Item extends Pick<Workflow, 'id' | 'name'>>(
  called: string,
  workflows: readonly Item[],
): readonly Item[] =>
  byFirst<Item>(
    [
      ({ id }) => String(id) === called,
      ({ name }) => name === called,
      ({ name }) => isSameName(name, called),
    ],
    workflows,
  )
