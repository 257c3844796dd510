import type { TFunction } from 'i18next'
import { followedServers, isFollowed, isSignedIn } from '../../shared/followed.ts'
import { hasEnded } from '../../shared/job-view.ts'
import { chooseIcon, type IconState } from './icon.ts'
import { inFlight, isWaiting, type MenuItem, type TrayFacts } from './menu-facts.ts'
import { menuModel } from './menu-model.ts'
import { tooltip } from './state-lines.ts'

/** Everything that the tray shows at one moment. */
export interface TrayPicture {
  readonly icon: IconState
  readonly tooltip: string
  readonly menu: readonly MenuItem[]
  /** Whether it says how long something takes, and is out of date in a minute. */
  readonly isTicking: boolean
}

/**
 * Jobs of a server that the app is not signed in to are kept, but nobody follows them and nothing can be done. Where only the
 * sign-in is over, the server is still said something of, and how its last jobs ended.
 */
const withFollowedJobs = (facts: TrayFacts): TrayFacts => ({
  ...facts,
  jobs: facts.jobs.filter((job) => (hasEnded(job) ? isFollowed : isSignedIn)(facts.state, job.serverId)),
})

/** What the tray shows for these facts. */
export const trayPicture = (allFacts: TrayFacts): TrayPicture => {
  const facts = withFollowedJobs(allFacts)
  const underWay = inFlight(facts.jobs)
  return {
    icon: chooseIcon({
      links: followedServers(facts.state).map(({ link }) => link),
      inFlight: underWay.length,
      waiting: underWay.filter(isWaiting).length,
      unseen: facts.unseen,
    }),
    tooltip: tooltip(facts),
    menu: menuModel(facts),
    isTicking: underWay.some(({ startedAt }) => startedAt !== null),
  }
}

/** What the tray shows of an app that could not be built. */
export const brokenPicture = (t: TFunction): TrayPicture => ({
  icon: 'attention',
  tooltip: t('broken.title'),
  isTicking: false,
  menu: [
    { type: 'text', label: t('broken.tray') },
    { type: 'separator' },
    { type: 'command', label: t('tray.quit'), command: { kind: 'quit' } },
  ],
})
