import type { TFunction } from 'i18next'
import type { Workflow } from '../shared/app-state.ts'
import { cleanText } from '../shared/clean-text.ts'
import { failureText } from '../shared/failure-text.ts'
import { isUp, needsSignIn } from '../shared/followed.ts'
import type { JobView } from '../shared/job-view.ts'
import type { Control } from '../main/control/control.ts'
import type { ControlServer } from '../main/control/protocol.ts'
import { serversCalled, workflowsCalled, workflowsWithinMs } from '../main/servers/called.ts'
import { possibleAddresses } from '../main/wexflow/address.ts'
import { exitCodes, Refusal } from './exit-codes.ts'

/** So many of several that may be meant are named. */
const mostNamed = 10
/** Characters of a name that is one of several. */
const longestName = 80

/** Names of what is known here, as a part of a sentence. */
export const namesOf = (names: readonly string[]): string =>
  [
    ...names.slice(0, mostNamed).map((name) => cleanText(name, longestName)),
    ...(names.length > mostNamed ? ['…'] : []),
  ].join(', ')

/** The servers that a word of the command line may mean: by name, host or address. */
export function serversMeant<Server extends { name: string; ownName: string; baseUrl: string }>(
  called: string,
  servers: readonly Server[],
): readonly Server[] {
  const byName = serversCalled(called, servers)
  const addresses = byName.length > 0 ? [] : possibleAddresses(called)
  return byName.length > 0 ? byName : servers.filter(({ baseUrl }) => addresses.includes(baseUrl))
}

/** Of any other the app would show its sign-in form, which no script should bring up. */
const isSignedIn = ({ link }: ControlServer): boolean => !needsSignIn(link)

/** Whether waiting any longer would tell more of its workflows. */
const isSettled = ({ workflowsKnown, link }: ControlServer): boolean =>
  workflowsKnown || !(link === 'connecting' || isUp(link))

/**
 * The servers that are meant, once they have told their workflows, or can't.
 * @param called the server's name as it was typed; null for all that somebody is signed in to
 * @throws Refusal where there is none
 */
export async function readyServers(
  control: Pick<Control, 'servers'>,
  called: string | null,
  t: TFunction,
  signal: AbortSignal,
): Promise<readonly ControlServer[]> {
  let wanted: readonly ControlServer[] = []
  const patience = AbortSignal.any([signal, AbortSignal.timeout(workflowsWithinMs)])
  for await (const servers of control.servers(patience)) {
    wanted = wantedOf(servers, called, t)
    if (wanted.every(isSettled)) break
  }
  return wanted
}

function wantedOf(
  servers: readonly ControlServer[],
  called: string | null,
  t: TFunction,
): readonly ControlServer[] {
  const meant = called === null ? servers : serversMeant(called, servers)
  const names = namesOf(servers.map(({ name }) => name))
  if (servers.length === 0) throw new Refusal(t('commandLine.noServerKnown'), exitCodes.usage)
  if (meant.length === 0)
    throw new Refusal(t('commandLine.noServer', { called: called ?? '', names }), exitCodes.usage)
  const signedIn = meant.filter(isSignedIn)
  if (signedIn.length === 0) {
    const failure = meant.map((server) => server.failure).find((one) => one !== null)
    const server = namesOf(meant.map(({ name }) => name))
    throw new Refusal(
      failure == null ? t('commandLine.signedOut', { server }) : failureText(t, failure),
      exitCodes.trouble,
    )
  }
  if (called !== null && signedIn.length > 1)
    throw new Refusal(t('commandLine.severalServers', { names }), exitCodes.usage)
  return signedIn
}

/** A workflow, and the server that has it. */
export interface ServerWorkflow extends Workflow {
  readonly server: ControlServer
}

export const workflowsOf = (servers: readonly ControlServer[]): readonly ServerWorkflow[] =>
  servers.flatMap((server) => server.workflows.map((workflow) => ({ ...workflow, server })))

/** Throws a `Refusal` where one of these servers has not told its workflows. */
export function needWorkflows(servers: readonly ControlServer[], t: TFunction): void {
  const silent = servers.find(({ workflowsKnown }) => !workflowsKnown)
  if (silent === undefined) return
  throw new Refusal(failureText(t, silent.failure ?? { kind: 'timedOut' }), exitCodes.trouble)
}

/** The one workflow that is meant: by id or name, or by how one name alone begins. Throws a `Refusal`. */
export function workflowMeant(
  called: string,
  servers: readonly ControlServer[],
  t: TFunction,
): ServerWorkflow {
  const workflows = workflowsOf(servers)
  const exact = workflowsCalled(called, workflows)
  const start = called.toLowerCase()
  const found =
    exact.length > 0 ? exact : workflows.filter(({ name }) => name.toLowerCase().startsWith(start))
  const [first] = found
  if (first !== undefined && found.length === 1) return first
  if (first === undefined) {
    needWorkflows(servers, t)
    throw new Refusal(t('commandLine.noWorkflow', { called: namesOf([called]) }), exitCodes.usage)
  }
  const names = namesOf(
    found.map(({ id, name, server }) =>
      servers.length > 1 ? `${id} ${name} (${server.name})` : `${id} ${name}`,
    ),
  )
  throw new Refusal(t('commandLine.severalWorkflows', { called: namesOf([called]), names }), exitCodes.usage)
}

/** The one job that is meant. Throws a `Refusal`. */
export async function jobMeant(
  called: string,
  control: Pick<Control, 'jobsCalled'>,
  servers: readonly ControlServer[],
  t: TFunction,
): Promise<JobView> {
  const ids = new Set(servers.map(({ id }) => id))
  const found = (await control.jobsCalled(called)).filter(({ serverId }) => ids.has(serverId))
  const [first] = found
  if (first !== undefined && found.length === 1) return first
  if (first === undefined)
    throw new Refusal(t('commandLine.noJob', { called: namesOf([called]) }), exitCodes.usage)
  const names = namesOf(found.map(({ key, jobId, workflowName }) => `${jobId ?? key} ${workflowName}`))
  throw new Refusal(t('commandLine.severalJobs', { called: namesOf([called]), names }), exitCodes.usage)
}
