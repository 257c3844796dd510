import type { LinkState, ServerView, Workflow } from '../../shared/app-state.ts'
import type { Command } from '../../shared/commands.ts'
import { followedServers } from '../../shared/followed.ts'
import type { JobView } from '../../shared/job-view.ts'
import { lastStarted } from '../../shared/last-started.ts'
import { workflowKeyOf } from '../../shared/usual.ts'
import { labelText, shortName, uniqueLabels } from './labels.ts'
import { aboutServer, entry, joined, type MenuItem, mostEntries, text, type TrayFacts } from './menu-facts.ts'

/** One place is kept for the line that says why none of them can be started now. */
const workflowsInMenu = mostEntries - 1

/** Links by which a start reaches the server now: one that may go out much later is none that a person wants. */
const startLinks: ReadonlySet<LinkState> = new Set(['online', 'slow'])
const canStart = ({ link }: ServerView): boolean => startLinks.has(link)

/** A workflow, and the server that it is on. */
interface Startable {
  readonly server: ServerView
  readonly workflow: Workflow
}

const keyOf = ({ server, workflow }: Startable): string =>
  workflowKeyOf({ serverId: server.id, workflowId: workflow.id })

const isStartable = ({ server, workflow }: Startable): boolean => workflow.isEnabled && canStart(server)

/** Whether a job's workflow could be started now. */
export const canStartAgain = ({ state }: TrayFacts, { serverId, workflowId }: JobView): boolean =>
  followedServers(state).some(
    (server) =>
      server.id === serverId &&
      server.workflows.some((workflow) => workflow.id === workflowId && isStartable({ server, workflow })),
  )

/** @param say what an item says of its workflow's name, cut to its length */
const startItems = (all: readonly Startable[], say: (name: string, one: Startable) => string): MenuItem[] => {
  const labels = uniqueLabels(
    all.map((one) => say(shortName(one.workflow.name), one)),
    (index) => String(all[index]?.workflow.id),
  )
  return all.map((one, index) => {
    const label = labelText(labels[index] ?? '')
    const { server, workflow } = one
    if (!isStartable(one)) return text(label)
    return entry(label, { kind: 'startWorkflow', serverId: server.id, workflowId: workflow.id })
  })
}

/** In the order of their names, as people count. */
function sorted(server: ServerView, workflows: readonly Workflow[], locale: string): Startable[] {
  // The first collator of a process takes 20 ms, for which the first menu must not wait.
  if (workflows.length === 0) return []
  const { compare } = new Intl.Collator(locale, { numeric: true })
  return workflows
    .toSorted((a, b) => compare(a.name, b.name) || a.id - b.id)
    .map((workflow) => ({ server, workflow }))
}

/** Every favourite, by server and by name. */
const favourites = ({ state, locale }: TrayFacts): Startable[] =>
  followedServers(state).flatMap((server) =>
    sorted(
      server,
      server.workflows.filter(({ isFavourite }) => isFavourite),
      locale,
    ),
  )

/** What the person started last and could start now, each once, newest first, without those that are `shown` already. */
function recentlyStarted({ state, jobs }: TrayFacts, shown: readonly Startable[]): Startable[] {
  const startable = new Map(
    followedServers(state).flatMap((server) =>
      server.workflows.flatMap((workflow) => {
        const one = { server, workflow }
        return isStartable(one) ? [[keyOf(one), one] as const] : []
      }),
    ),
  )
  for (const one of shown) startable.delete(keyOf(one))
  return lastStarted(jobs, startable).flatMap((key) => startable.get(key) ?? [])
}

/** What a person starts most likely: favourites, at most so many, and what was started last. */
export function quickStarts(
  facts: TrayFacts,
  mostFavourites: number,
): { favourites: MenuItem[]; recent: MenuItem[] } {
  const shown = favourites(facts).slice(0, mostFavourites)
  const say = (name: string, { server }: Startable): string => aboutServer(name, server.id, facts)
  return {
    favourites: startItems(shown, say),
    recent: startItems(recentlyStarted(facts, shown), say),
  }
}

const find: Command = { kind: 'findWorkflow' }

const fitsInMenu = ({ workflows }: ServerView): boolean => workflows.length <= workflowsInMenu

/** The workflows of a server and, where none can be started now or there are none, why. */
function serverWorkflows(server: ServerView, { t, locale }: TrayFacts): MenuItem[] {
  const items = startItems(sorted(server, server.workflows, locale), (name) => name)
  const whyNot = canStart(server) ? [] : [text(t(`link.${server.link}`))]
  if (items.length > 0) return joined([whyNot, items])
  return [text(t(server.workflowsKnown ? 'tray.noWorkflows' : 'tray.workflowsUnknown'))]
}

/**
 * The ways to every workflow: a submenu of the servers, in which those whose workflows don't fit in a menu lead to the
 * window's search, which has all of them.
 */
export function startSection(facts: TrayFacts): MenuItem[] {
  const { state, t } = facts
  const servers = followedServers(state)
  const listed = servers.filter(fitsInMenu)
  const [only] = listed
  const items =
    only !== undefined && servers.length === 1
      ? serverWorkflows(only, facts)
      : servers.slice(0, mostEntries).map((server): MenuItem => {
          const label = labelText(shortName(server.name))
          if (!fitsInMenu(server)) return entry(`${label}…`, find)
          return { type: 'submenu', label, items: serverWorkflows(server, facts) }
        })
  const start: MenuItem[] =
    listed.length > 0 ? [{ type: 'submenu', label: t('tray.startWorkflow'), items }] : []
  // Without a sign-in the window could only ask for one.
  const canFind = servers.some(({ link }) => link !== 'signInNeeded')
  return canFind ? [...start, entry(t('tray.findWorkflow'), find)] : start
}
