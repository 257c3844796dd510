import { isUnresolved } from '../../shared/job.ts'
import { chooseIcon, type IconState } from './icon.ts'
import { type MenuItem, menuModel, tooltip, type TrayFacts } from './menu-model.ts'

/** Everything that the tray shows at one moment. */
export interface TrayPicture {
  readonly icon: IconState
  readonly tooltip: string
  readonly menu: readonly MenuItem[]
}

/** What the tray shows for these facts. */
export const trayPicture = (facts: TrayFacts): TrayPicture => {
  const inFlight = facts.jobs.filter(isUnresolved)
  return {
    icon: chooseIcon({
      link: facts.state.link,
      inFlight: inFlight.length,
      waiting: inFlight.filter(({ phase }) => phase === 'waiting').length,
      unseen: facts.unseen,
    }),
    tooltip: tooltip(facts),
    menu: menuModel(facts),
  }
}
