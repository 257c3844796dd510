import type { AppState, Profile, ServerView, Workflow } from '../../src/shared/app-state.ts'

/** The profile that `jobWith` gives its jobs to. */
export const profile: Profile = {
  id: 'server',
  baseUrl: 'http://wexflow:8000',
  username: 'maria',
  staySignedIn: true,
}

/** A server that somebody is signed in to and that answers, with what a test says of it. */
export const serverWith = (part: Partial<ServerView>): ServerView => ({
  ...profile,
  name: 'wexflow:8000',
  ownName: '',
  watch: 'mine',
  link: 'online',
  failure: null,
  workflows: [],
  workflowsKnown: true,
  unreadMessages: 0,
  ...part,
})

/** Signed in to one server and connected, with what a test says of it. */
export const stateWith = (part: Partial<ServerView & Pick<AppState, 'notices'>>): AppState => {
  const { notices = [], ...server } = part
  return stateOf([serverWith(server)], notices)
}

/** With these servers, of which the first is shown where there is room for one only. */
export const stateOf = (servers: ServerView[], notices: AppState['notices'] = []): AppState => ({
  servers,
  shownId: servers[0]?.id ?? null,
  notices,
  quiet: null,
})

/** An enabled workflow, with what a test says of it. */
export const workflowWith = (part: Partial<Workflow> & Pick<Workflow, 'id' | 'name'>): Workflow => ({
  description: '',
  isEnabled: true,
  isApproval: false,
  isFavourite: false,
  ...part,
})
