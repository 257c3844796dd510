import { followedServers, signInCommand } from '../../shared/followed.ts'
import { mostRecent } from '../../shared/last-started.ts'
import { endItems, jobSections, mostEnds } from './job-items.ts'
import {
  entry,
  inFlight,
  joined,
  type MenuItem,
  mostEntries,
  showJobs,
  text,
  type TrayFacts,
} from './menu-facts.ts'
import { quickStarts, startSection } from './start-items.ts'
import { muteMenu } from './mute-items.ts'
import { stateLines } from './state-lines.ts'

const appSection = ({ state, t }: TrayFacts): MenuItem[] => {
  const servers = followedServers(state)
  const needsSignIn = servers.length === 0 || servers.some(({ link }) => link === 'signInNeeded')
  return [
    entry(t('tray.openWindow'), showJobs),
    muteMenu(state, t),
    entry(t('tray.settings'), { kind: 'show', page: 'settings', key: null }),
    ...(needsSignIn ? [entry(t('tray.signIn'), signInCommand(state))] : []),
  ]
}

/** Restarts as the version that is ready; nothing where there is none. */
const updateEntry = ({ state, t }: TrayFacts): MenuItem[] =>
  state.notices
    .filter(({ kind }) => kind === 'updateReady')
    .map(({ detail }) => entry(t('tray.updateReady', { version: detail }), { kind: 'restartToUpdate' }))

/** Entries that the heading of what can be started takes. */
const heading = 1

/**
 * The tray's menu, of `mostEntries` at most: favourites and jobs under way share what the rest leaves them. Each has half
 * of it for itself, and what the others don't need.
 */
export const menuModel = (facts: TrayFacts): MenuItem[] => {
  const state = stateLines(facts)
  const start = startSection(facts)
  const app = appSection(facts)
  const quit = [...updateEntry(facts), entry(facts.t('tray.quit'), { kind: 'quit' })]
  const room =
    mostEntries - state.length - heading - start.length - app.length - quit.length - mostRecent - mostEnds
  const mostFavourites = Math.max(Math.floor(room / 2), room - inFlight(facts.jobs).length)
  const { favourites, recent } = quickStarts(facts, mostFavourites)
  const { waiting, others } = jobSections(facts, room - favourites.length)
  const [first, ...more] = [favourites, recent].filter((items) => items.length > 0)
  // Without a word a name would not say that it is started by a click.
  const quick = first === undefined ? [] : [[text(facts.t('tray.start')), ...first], ...more]
  return joined([state, waiting, ...quick, start, others, endItems(facts), app, quit])
}
