import type { AppState, LinkState, ServerView, Workflow } from '../../shared/app-state.ts'
import type { TFunction } from 'i18next'
import type { Command } from '../../shared/commands.ts'
import { followedServers, saidServer, signInCommand } from '../../shared/followed.ts'
import { hasEnded, type JobView } from '../../shared/job-view.ts'
import { isOthers } from '../../shared/watch.ts'
import { labelText, uniqueLabels } from './labels.ts'

/** A menu as data. A `text` only says something; it can't be chosen. */
export type MenuItem =
  | { readonly type: 'separator' }
  | { readonly type: 'text'; readonly label: string }
  | { readonly type: 'command'; readonly label: string; readonly command: Command }
  | { readonly type: 'submenu'; readonly label: string; readonly items: readonly MenuItem[] }

/** Everything that the menu and the tooltip are made from. */
export interface TrayFacts {
  readonly state: AppState
  /** Newest first. */
  readonly jobs: readonly JobView[]
  /** Bad ends that nobody has looked at yet. */
  readonly unseen: number
  readonly t: TFunction
  /** For the order of names. */
  readonly locale: string
  /** For times. */
  readonly times: string
}

/** Jobs that get their own submenu; the rest is in the window. A menu must fit on a screen. */
const jobsInMenu = 25

/** With more workflows than this a menu can neither be looked through nor opened at once: the window has a search. */
const workflowsInMenu = 500

const showJobs: Command = { kind: 'show', page: 'jobs', key: null }

const separator: readonly MenuItem[] = [{ type: 'separator' }]

/** Sections with a separator between those that have items. */
const joined = (sections: readonly (readonly MenuItem[])[]): MenuItem[] =>
  sections
    .filter((items) => items.length > 0)
    .flatMap((items, index) => (index === 0 ? items : separator.concat(items)))

/** Links that the person should read about in the menu. */
const saidLinks: ReadonlySet<LinkState> = new Set(['connecting', 'slow', 'offline', 'signInNeeded'])

/** A text about a server; it says which one where there are several. */
const aboutServer = (text: string, serverId: string, { state, t }: TrayFacts): string => {
  const server = saidServer(state, serverId, t)
  return server === null ? text : t('tray.ofServer', { text, server })
}

const linkLines = (facts: TrayFacts): string[] =>
  followedServers(facts.state)
    .filter(({ link }) => saidLinks.has(link))
    .map((server) => aboutServer(facts.t(`link.${server.link}`), server.id, facts))

/** Notices by which the app can't be relied on as usual: whoever never opens the window must not miss them. */
const saidNotices = ['notificationsRefused', 'cannotRemember'] as const

const stateLines = (facts: TrayFacts): MenuItem[] => {
  const { state, t } = facts
  const notices = saidNotices.filter((said) => state.notices.some(({ kind }) => kind === said))
  return [
    ...linkLines(facts).map((line): MenuItem => ({ type: 'text', label: labelText(line) })),
    // The window says more of it.
    ...notices.map((kind): MenuItem => ({ type: 'command', label: t(`tray.${kind}`), command: showJobs })),
  ]
}

/** Links by which a start reaches the server now: one that may go out much later is none that a person wants. */
const startLinks: ReadonlySet<LinkState> = new Set(['online', 'slow'])
const canStart = ({ link }: ServerView): boolean => startLinks.has(link)

/** @param labelOf what an item says of its workflow, whose name is different from the others' */
const workflowItems = (
  server: ServerView,
  workflows: readonly Workflow[],
  locale: string,
  labelOf = (name: string): string => name,
): MenuItem[] => {
  // The first collator of a process takes 20 ms, for which the first menu must not wait.
  if (workflows.length === 0) return []
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const sorted = workflows.toSorted((a, b) => compare(a.name, b.name) || a.id - b.id)
  const names = uniqueLabels(
    sorted.map(({ name }) => name),
    (index) => String(sorted[index]?.id),
  )
  return sorted.map(({ id, isEnabled }, index) => {
    const label = labelText(labelOf(names[index] ?? ''))
    return isEnabled && canStart(server)
      ? { type: 'command', label, command: { kind: 'startWorkflow', serverId: server.id, workflowId: id } }
      : { type: 'text', label }
  })
}

const favouriteItems = (facts: TrayFacts): MenuItem[] =>
  followedServers(facts.state).flatMap((server) =>
    workflowItems(
      server,
      server.workflows.filter(({ isFavourite }) => isFavourite),
      facts.locale,
      (name) => aboutServer(name, server.id, facts),
    ),
  )

/** The workflows of a server and, where none can be started now or there are none, why. */
const serverWorkflows = (server: ServerView, { t, locale }: TrayFacts): MenuItem[] => {
  const count = server.workflows.length
  const items: MenuItem[] =
    count > workflowsInMenu
      ? [{ type: 'command', label: t('tray.manyWorkflows', { count }), command: showJobs }]
      : workflowItems(server, server.workflows, locale)
  const whyNot: MenuItem[] = canStart(server) ? [] : [{ type: 'text', label: t(`link.${server.link}`) }]
  if (items.length > 0) return joined([whyNot, items])
  return [{ type: 'text', label: t(server.workflowsKnown ? 'tray.noWorkflows' : 'tray.workflowsUnknown') }]
}

const startSection = (facts: TrayFacts): MenuItem[] => {
  const servers = followedServers(facts.state)
  const [only] = servers
  if (only === undefined) return []
  const items =
    servers.length === 1
      ? serverWorkflows(only, facts)
      : servers.map((server): MenuItem => {
          const label = labelText(server.name)
          return { type: 'submenu', label, items: serverWorkflows(server, facts) }
        })
  return [{ type: 'submenu', label: facts.t('tray.startWorkflow'), items }]
}

/** Whether it waits for a person's approval. */
const isWaiting = ({ state }: JobView): boolean => state.phase === 'waiting'

const jobActions = (job: JobView, t: TFunction): MenuItem[] => {
  const { key } = job
  const show: MenuItem = {
    type: 'command',
    label: t('tray.showJob'),
    command: { kind: 'show', page: 'jobs', key },
  }
  // A job that the server has not yet given an id can't be named to it.
  if (job.jobId === null) return [{ type: 'text', label: t('tray.stop') }, show]
  const stop: MenuItem = { type: 'command', label: t('tray.stop'), command: { kind: 'stopJob', key } }
  if (!isWaiting(job)) return [stop, show]
  return [
    { type: 'command', label: t('tray.approve'), command: { kind: 'approveJob', key } },
    { type: 'command', label: t('tray.reject'), command: { kind: 'rejectJob', key } },
    stop,
    show,
  ]
}

/** Those that wait for a person come first, then the person's own. */
const rank = (job: JobView): number => (isWaiting(job) ? 0 : isOthers(job) ? 2 : 1)

const jobSection = (facts: TrayFacts): MenuItem[] => {
  const { jobs, t, times } = facts
  const inFlight = jobs.filter((job) => !hasEnded(job))
  const ordered = inFlight.toSorted((a, b) => rank(a) - rank(b))
  const shown = ordered.slice(0, jobsInMenu)
  // Made where two names are equal only: the first of a process takes 50 ms.
  let time: Intl.DateTimeFormat | undefined
  const names = uniqueLabels(
    shown.map(({ workflowName }) => workflowName),
    (index) => {
      time ??= new Intl.DateTimeFormat(times, { timeStyle: 'medium' })
      return time.format(shown[index]?.requestedAt)
    },
    (name, index) => aboutServer(name, shown[index]?.serverId ?? '', facts),
  )
  const items = shown.map((job, index): MenuItem => {
    const label = t(isOthers(job) ? 'tray.jobOfOthers' : 'tray.job', {
      name: labelText(names[index] ?? ''),
      phase: job.isStopAsked ? t('tray.stopping') : t(`phase.${job.state.phase}`),
    })
    return { type: 'submenu', label, items: jobActions(job, t) }
  })
  const hidden = inFlight.length - shown.length
  if (hidden === 0) return items
  return [...items, { type: 'command', label: t('tray.moreJobs', { count: hidden }), command: showJobs }]
}

const appSection = (facts: TrayFacts): MenuItem[] => {
  const { state, t } = facts
  const servers = followedServers(state)
  const needsSignIn = servers.length === 0 || servers.some(({ link }) => link === 'signInNeeded')
  const signIn: MenuItem = {
    type: 'command',
    label: t('tray.signIn'),
    command: signInCommand(state),
  }
  return [
    { type: 'command', label: t('tray.recentJobs'), command: showJobs },
    { type: 'command', label: t('tray.settings'), command: { kind: 'show', page: 'settings', key: null } },
    ...(needsSignIn ? [signIn] : []),
  ]
}

/** The tray's menu. */
export const menuModel = (facts: TrayFacts): MenuItem[] =>
  joined([
    stateLines(facts),
    favouriteItems(facts),
    startSection(facts),
    jobSection(facts),
    appSection(facts),
    [{ type: 'command', label: facts.t('tray.quit'), command: { kind: 'quit' } }],
  ])

/** How many jobs are under way, and how many of them others began. */
const underWayLine = (jobs: readonly JobView[], t: TFunction): string[] => {
  if (jobs.length === 0) return []
  const text = t('tray.inFlight', { count: jobs.length })
  const count = jobs.filter(isOthers).length
  return [count === 0 ? text : t('tray.ofOthers', { text, count })]
}

/** The tray's tooltip: the app's name and whatever there is to say, most urgent first. */
export const tooltip = (facts: TrayFacts): string => {
  const { jobs, unseen, t } = facts
  const inFlight = jobs.filter((job) => !hasEnded(job))
  const waiting = inFlight.filter(isWaiting).length
  const parts = [
    ...(unseen > 0 ? [t('tray.unseen', { count: unseen })] : []),
    ...(waiting > 0 ? [t('tray.waiting', { count: waiting })] : []),
    // Before what goes on: Windows cuts a long tooltip.
    ...linkLines(facts),
    ...underWayLine(
      inFlight.filter((job) => !isWaiting(job)),
      t,
    ),
  ]
  return [t('app.name'), ...parts].join('\n')
}
