import type { Profile, ServerView, Workflow } from '../../shared/app-state.ts'
import type { WorkflowInfo } from '../wexflow/server.ts'
import { serverName } from './server-name.ts'

/** What is shown of a server: of its profile, and how it stands. */
export const serverView = (
  { id, baseUrl, username, staySignedIn, name = '', connection, watch = 'mine' }: Profile,
  standing: Pick<ServerView, 'link' | 'failure' | 'workflows' | 'workflowsKnown' | 'unreadMessages'>,
): ServerView => ({
  id,
  name: serverName({ baseUrl, name }),
  ownName: name,
  baseUrl,
  username,
  staySignedIn,
  ...(connection !== undefined && { connection }),
  watch,
  ...standing,
})

/** What is shown of its workflows. */
export const shownWorkflows = (infos: readonly WorkflowInfo[], favourites: ReadonlySet<number>): Workflow[] =>
  infos.map(({ id, name, description, isEnabled, isApproval }) => ({
    id,
    name,
    description,
    isEnabled,
    isApproval,
    isFavourite: favourites.has(id),
  }))
