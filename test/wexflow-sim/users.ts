import type { SimWorkflow } from './workflows.ts'

/** The profiles of Wexflow by their numbers. */
export const userProfiles = ['superAdministrator', 'administrator', 'restricted'] as const

type UserProfile = (typeof userProfiles)[number]

export interface SimUser {
  readonly username: string
  readonly password: string
  readonly profile: UserProfile
}

/** One user of each profile; the first is the one that Wexflow ships with. */
export const demoUsers: readonly SimUser[] = [
  { username: 'admin', password: 'wexflow2018', profile: 'superAdministrator' },
  { username: 'administrator', password: 'wexflow2018', profile: 'administrator' },
  { username: 'restricted', password: 'wexflow2018', profile: 'restricted' },
]

/** Whether a user sees a workflow, and may start and stop it. */
export function maySee(user: SimUser, workflow: SimWorkflow): boolean {
  if (user.profile === 'superAdministrator') return true
  if (user.profile === 'restricted') return false
  return workflow.grantedTo === 'everyone' || workflow.grantedTo.includes(user.username)
}
