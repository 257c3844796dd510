import type { AppState, Profile, Workflow } from '../../src/shared/app-state.ts'

/** The profile that `jobWith` gives its jobs to. */
export const profile: Profile = {
  id: 'server',
  baseUrl: 'http://wexflow:8000',
  username: 'maria',
  staySignedIn: true,
}

/** Signed in and connected, with what a test says of it. */
export const stateWith = (part: Partial<AppState>): AppState => ({
  link: 'online',
  failure: null,
  profile,
  workflows: [],
  workflowsKnown: true,
  notices: [],
  ...part,
})

/** An enabled workflow, with what a test says of it. */
export const workflowWith = (part: Partial<Workflow> & Pick<Workflow, 'id' | 'name'>): Workflow => ({
  description: '',
  isEnabled: true,
  isApproval: false,
  isFavourite: false,
  ...part,
})
