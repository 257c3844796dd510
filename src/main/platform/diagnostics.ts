import type { AppState, ServerView } from '../../shared/app-state.ts'
import { hasEnded, type JobView } from '../../shared/job-view.ts'
import type { Redactor } from './redaction.ts'

/** What the app runs on. */
export interface Machine {
  readonly appVersion: string
  /** Node's `process`: the versions, the system, and of the environment only what names the desktop. */
  readonly process: {
    readonly versions: Readonly<Record<string, string | undefined>>
    readonly platform: string
    readonly arch: string
    readonly env: Readonly<Record<string, string | undefined>>
  }
  readonly osRelease: string
}

/** Everything that diagnostics are written from. */
export interface DiagnosticsInput {
  readonly machine: Machine
  readonly state: AppState
  readonly jobs: readonly JobView[]
  /** The newest lines of the log, oldest first. */
  readonly logLines: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: number
}

const desktopVariables = ['XDG_CURRENT_DESKTOP', 'XDG_SESSION_TYPE'] as const
const versionNames = ['electron', 'chrome', 'node'] as const

/** The first line of the log: what starts here. */
export const startText = (machine: Machine): string =>
  [
    `Wexflow Tray ${machine.appVersion} starts on ${systemText(machine)}`,
    ...versionNames.map((name) => `${name} ${machine.process.versions[name] ?? 'unknown'}`),
  ].join(', ')

const systemText = ({ process, osRelease }: Pick<Machine, 'process' | 'osRelease'>): string =>
  `${process.platform} ${osRelease} ${process.arch}`

/**
 * A text that a person can send to someone who helps. It is for engineers, so always English; it names no user and
 * no secret.
 */
export function diagnosticsText(input: DiagnosticsInput, redactor: Redactor): string {
  const { state, machine } = input
  const facts: [string, string][] = [
    ['Wexflow Tray', machine.appVersion],
    ...versionNames.map((name): [string, string] => [name, machine.process.versions[name] ?? 'unknown']),
    ['system', systemText(machine)],
    ...desktopVariables.map((name): [string, string] => [name, machine.process.env[name] ?? 'not set']),
    ['time', new Date(input.now).toISOString()],
    ['servers', String(state.servers.length)],
    ...state.servers.map((server, index): [string, string] => [`server ${index + 1}`, serverText(server)]),
    ['notices', list(state.notices.map((notice) => `${notice.kind} (${notice.detail})`))],
    ['jobs by phase', list(counts(input.jobs.map(({ state: { phase } }) => phase)))],
    ['jobs by outcome', list(counts(input.jobs.filter(hasEnded).map(({ state: { outcome } }) => outcome)))],
  ]
  const lines = [...facts.map(([name, value]) => `${name}: ${value}`), '', 'log:', ...input.logLines]
  const users = state.servers.map(({ username }) => username)
  return redactor.redact(users.reduce(withoutUser, lines.join('\n')))
}

/** How the app stands with a server, on one line. */
function serverText(server: ServerView): string {
  const { baseUrl, staySignedIn, link, failure, workflows, workflowsKnown } = server
  return list([
    serverAddress(baseUrl),
    `link ${link}`,
    ...(failure === null ? [] : [`failure ${failure.kind} (${failure.detail})`]),
    staySignedIn ? 'stays signed in' : 'does not stay signed in',
    workflowsKnown ? `${workflows.length} workflows` : 'workflows not known yet',
  ])
}

/** The address without user, password, query and fragment. */
function serverAddress(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return 'not readable'
  const { protocol, host, pathname } = new URL(baseUrl)
  return `${protocol}//${host}${pathname}`
}

/** Only whole words: a user named "a" must not make the text unreadable. */
function withoutUser(text: string, username: string): string {
  if (username === '') return text
  const escaped = username.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return text.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'gu'), '[user]')
}

function counts(names: readonly string[]): string[] {
  const numbers = new Map<string, number>()
  for (const name of names) numbers.set(name, (numbers.get(name) ?? 0) + 1)
  return [...numbers].map(([name, number]) => `${name} ${number}`)
}

const list = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.join(', '))
