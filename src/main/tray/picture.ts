import type { TFunction } from 'i18next'
import { followedServers, isFollowed } from '../../shared/followed.ts'
import { hasEnded } from '../../shared/job-view.ts'
import { chooseIcon, type IconState } from './icon.ts'
import { type MenuItem, menuModel, tooltip, type TrayFacts } from './menu-model.ts'

/** Everything that the tray shows at one moment. */
export interface TrayPicture {
  readonly icon: IconState
  readonly tooltip: string
  readonly menu: readonly MenuItem[]
}

/** Jobs of a server that the app is not signed in to are kept, but nobody follows them and nothing can be done. */
const withFollowedJobs = (facts: TrayFacts): TrayFacts => ({
  ...facts,
  jobs: facts.jobs.filter(({ serverId }) => isFollowed(facts.state, serverId)),
})

/** What the tray shows for these facts. */
export const trayPicture = (allFacts: TrayFacts): TrayPicture => {
  const facts = withFollowedJobs(allFacts)
  const inFlight = facts.jobs.filter((job) => !hasEnded(job))
  return {
    icon: chooseIcon({
      links: followedServers(facts.state).map(({ link }) => link),
      inFlight: inFlight.length,
      waiting: inFlight.filter(({ state }) => state.phase === 'waiting').length,
      unseen: facts.unseen,
    }),
    tooltip: tooltip(facts),
    menu: menuModel(facts),
  }
}

/** What the tray shows of an app that could not be built. */
export const brokenPicture = (t: TFunction): TrayPicture => ({
  icon: 'attention',
  tooltip: t('broken.title'),
  menu: [
    { type: 'text', label: t('broken.tray') },
    { type: 'separator' },
    { type: 'command', label: t('tray.quit'), command: { kind: 'quit' } },
  ],
})
