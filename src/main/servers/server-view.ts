import type { Profile, ServerView } from '../../shared/app-state.ts'
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
