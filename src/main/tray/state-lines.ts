import type { TFunction } from 'i18next'
import type { LinkState } from '../../shared/app-state.ts'
import { followedServers } from '../../shared/followed.ts'
import type { JobView } from '../../shared/job-view.ts'
import { isOthers } from '../../shared/watch.ts'
import { labelText } from './labels.ts'
import { quietLine } from './mute-items.ts'
import {
  aboutServer,
  entry,
  inFlight,
  isWaiting,
  type MenuItem,
  showJobs,
  text,
  type TrayFacts,
} from './menu-facts.ts'

/** Servers that the menu says something of; more have a line that leads to all of them. */
const serversSaid = 3

/** Links that the person should read about in the menu. */
const saidLinks: ReadonlySet<LinkState> = new Set(['connecting', 'slow', 'offline', 'signInNeeded'])

const linkLines = (facts: TrayFacts): string[] =>
  followedServers(facts.state)
    .filter(({ link }) => saidLinks.has(link))
    .map((server) => aboutServer(facts.t(`link.${server.link}`), server.id, facts))

/** Notices by which the app can't be relied on as usual: whoever never opens the window must not miss them. */
const saidNotices = ['notificationsRefused', 'cannotRemember'] as const

/** What the list in the window has under "Needs you": what waits for a decision, and what does not begin. */
const needsPerson = ({ state }: JobView): boolean => state.phase === 'waiting' || state.phase === 'notBegun'

/** How much is said, and how many of the jobs under way others began. */
const withOthers = (said: string, jobs: readonly JobView[], t: TFunction): string => {
  const count = jobs.filter(isOthers).length
  return count === 0 ? said : t('tray.ofOthers', { text: said, count })
}

/** How many jobs run and how many need the person: the window's own counts. None where nobody follows any. */
function countLine({ state, jobs, t }: TrayFacts): MenuItem[] {
  const servers = followedServers(state)
  const underWay = inFlight(jobs)
  // That nothing runs can be said only where every server would have told.
  if (underWay.length === 0)
    return servers.length > 0 && !servers.some(({ link }) => saidLinks.has(link))
      ? [text(t('tray.idle'))]
      : []
  const needs = underWay.filter(needsPerson).length
  const counts = [
    ...(underWay.length > needs ? [t('tray.running', { count: underWay.length - needs })] : []),
    ...(needs > 0 ? [t('tray.needsYou', { count: needs })] : []),
  ]
  return [text(withOthers(counts.join(', '), underWay, t))]
}

function linkItems(facts: TrayFacts): MenuItem[] {
  const lines = linkLines(facts)
  const said = lines.slice(0, serversSaid).map((line) => text(labelText(line)))
  const count = lines.length - said.length
  if (count === 0) return said
  return [
    ...said,
    entry(facts.t('tray.moreServers', { count }), { kind: 'show', page: 'servers', key: null }),
  ]
}

/** What the menu begins with: how it all stands. */
export function stateLines(facts: TrayFacts): MenuItem[] {
  const { state, unseen, t } = facts
  const notices = saidNotices.filter((said) => state.notices.some(({ kind }) => kind === said))
  return [
    ...countLine(facts),
    ...(unseen > 0 ? [entry(t('tray.unseen', { count: unseen }), showJobs)] : []),
    ...linkItems(facts),
    ...quietLine(facts).map(text),
    // The window says more of it.
    ...notices.map((kind) => entry(t(`tray.${kind}`), showJobs)),
  ]
}

/** The tray's tooltip: the app's name and whatever makes the icon what it is, most urgent first. */
export function tooltip(facts: TrayFacts): string {
  const { jobs, unseen, t } = facts
  const underWay = inFlight(jobs)
  const waiting = underWay.filter(isWaiting).length
  const others = underWay.filter((job) => !isWaiting(job))
  const parts = [
    ...(unseen > 0 ? [t('tray.unseen', { count: unseen })] : []),
    ...(waiting > 0 ? [t('tray.waiting', { count: waiting })] : []),
    // Before what goes on: Windows cuts a long tooltip.
    ...linkLines(facts),
    ...quietLine(facts),
    ...(others.length > 0 ? [withOthers(t('tray.inFlight', { count: others.length }), others, t)] : []),
  ]
  return [t('app.name'), ...parts].join('\n')
}
