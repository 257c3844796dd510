import { join } from 'node:path'
import type { LinkState } from '../../shared/app-state.ts'

/**
 * What the icon says at a glance. When several hold, the earlier one in this list is shown: that a server is away is
 * hidden by nothing.
 */
export const iconStates = ['attentionOffline', 'attention', 'offline', 'running', 'idle'] as const
export type IconState = (typeof iconStates)[number]

/** The facts that the icon is chosen by. */
export interface IconFacts {
  /** How the app stands with each server that it follows. */
  readonly links: readonly LinkState[]
  /** Jobs that are starting, queued, running, suspended or waiting. */
  readonly inFlight: number
  /** Jobs that wait for approval. */
  readonly waiting: number
  /** Bad ends that nobody has looked at yet. */
  readonly unseen: number
}

/** Which state the icon shows: what needs a person, what the app can't know, then what goes on. */
export const chooseIcon = ({ links, inFlight, waiting, unseen }: IconFacts): IconState => {
  const needsPerson = unseen > 0 || waiting > 0 || links.includes('signInNeeded')
  const isAway = links.includes('offline')
  if (needsPerson) return isAway ? 'attentionOffline' : 'attention'
  if (isAway) return 'offline'
  return inFlight > 0 ? 'running' : 'idle'
}

/** The icon's file name by system; Electron finds the `@2x` files beside it by itself. */
const fileNames: Readonly<Partial<Record<NodeJS.Platform, (state: IconState) => string>>> = {
  darwin: (state) => `${state}Template.png`,
  win32: (state) => `${state}.ico`,
}

/** The absolute path of an icon. */
export const iconFile = (folder: string, state: IconState, platform: NodeJS.Platform): string =>
  join(folder, fileNames[platform]?.(state) ?? `${state}.png`)
