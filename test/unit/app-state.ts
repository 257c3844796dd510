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
  link: 'online',
  failure: null,
  workflows: [],
  workflowsKnown: true,
  ...part,
})

/** Signed in to one server and connected, with what a test says of it. */
export const stateWith = (part: Partial<AppState>): AppState => {
  const { servers: _none, ...state } = {
    servers: [],
    link: 'online' as const,
    failure: null,
    profile,
    workflows: [],
    workflowsKnown: true,
    notices: [],
    ...part,
  }
  const { link, failure, workflows, workflowsKnown } = state
  const server = serverWith({ ...state.profile, link, failure, workflows, workflowsKnown })
  return { servers: part.servers ?? (state.profile === null ? [] : [server]), ...state }
}

/** An enabled workflow, with what a test says of it. */
export const workflowWith = (part: Partial<Workflow> & Pick<Workflow, 'id' | 'name'>): Workflow => ({
  description: '',
  isEnabled: true,
  isApproval: false,
  isFavourite: false,
  ...part,
})
