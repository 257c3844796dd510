import { setTimeout as pause } from 'node:timers/promises'
import type { Profile } from '../shared/app-state.ts'
import { failureText, firstFailureText } from '../shared/failure-text.ts'
import { followedServers } from '../shared/followed.ts'
import type { Translator } from '../shared/i18n.ts'
import type { Settings } from '../shared/settings.ts'
import type { Watch } from '../shared/watch.ts'
import { createApp } from '../main/app.ts'
import { controlOf } from '../main/control/control.ts'
import { serverName } from '../main/servers/server-name.ts'
import type { Asked } from './arguments.ts'
import { namesOf, readyServers, serversMeant } from './choose.ts'
import { exitCodes, Refusal } from './exit-codes.ts'
import { ownPorts } from './own-ports.ts'
import { passwordFor } from './password.ts'
import type { Session } from './session.ts'
import type { Terminal } from './terminal.ts'

/** Milliseconds that the server has to tell which jobs go on, */
const jobsWithinMs = 20_000
/** and after which it is looked again whether it has. */
const lookAgainMs = 50

/** Who signs in where. */
interface Account {
  readonly address: string
  readonly user: string
  /** The server as the app has remembered it; null for one that it does not know. */
  readonly profile: Profile | null
}

type Translate = Translator['t']

/** The account that the command line means, among those that the app has remembered or beside them. Throws a `Refusal`. */
function accountOf(
  { server, user }: Pick<Asked, 'server' | 'user'>,
  profiles: readonly Profile[],
  t: Translate,
): Account {
  const known = profiles
    .filter(({ username }) => user === null || username === user)
    .map((profile) => ({
      profile,
      name: serverName(profile),
      ownName: profile.name ?? '',
      baseUrl: profile.baseUrl,
    }))
  const meant = server === null ? known : serversMeant(server, known)
  const [first] = meant
  if (first !== undefined && meant.length === 1)
    return { address: first.baseUrl, user: first.profile.username, profile: first.profile }
  if (meant.length > 1) {
    const names = namesOf(meant.map(({ name, profile }) => `${name} (${profile.username})`))
    throw new Refusal(t('commandLine.severalServers', { names }), exitCodes.usage)
  }
  if (server === null) throw new Refusal(t('commandLine.noServerKnown'), exitCodes.usage)
  if (user === null)
    throw new Refusal(t('commandLine.userNeeded', { server: namesOf([server]) }), exitCodes.usage)
  return { address: server, user, profile: null }
}

export interface OwnSessionOptions {
  readonly asked: Asked
  readonly terminal: Terminal
  readonly translator: Translator
  readonly profiles: readonly Profile[]
  readonly settings: Settings
  /** Whose jobs are wanted. */
  readonly watch: Watch
}

/** Builds the app in this process and signs in. Throws a `Refusal`. */
export async function openOwnSession(options: OwnSessionOptions): Promise<Session> {
  const { asked, terminal, translator, profiles, settings, watch } = options
  const { t } = translator
  const { address, user, profile } = accountOf(asked, profiles, t)
  const question = { user, server: namesOf([address]), file: asked.passwordFile }
  const password = await passwordFor(question, terminal, t)
  const app = await createApp(ownPorts({ terminal, isVerbose: asked.isVerbose, settings, profile }))
  if (app === null) throw new Refusal(t('broken.title'), exitCodes.trouble)
  const result = await app.run({
    kind: 'signIn',
    form: {
      address,
      username: user,
      password,
      // As long as this process lives: a token may not last until the job has ended.
      staySignedIn: true,
      ...(profile !== null && { serverId: profile.id }),
    },
  })
  if (!result.ok) {
    await app.close()
    throw new Refusal(
      (profile === null ? firstFailureText : failureText)(t, result.failure),
      exitCodes.trouble,
    )
  }
  for (const { id } of followedServers(app.model.state))
    await app.run({ kind: 'setWatch', serverId: id, watch })
  const isKnown = (): boolean =>
    followedServers(app.model.state).every(({ id }) => app.servers.get(id)?.knowsWatchedRuns !== false)
  const control = controlOf(app)
  return {
    control,
    servers: await readyServers(control, null, t, terminal.interrupted),
    jobsKnown: async () => {
      const until = performance.now() + jobsWithinMs
      while (!isKnown() && performance.now() < until) await pause(lookAgainMs)
    },
    close: app.close,
  }
}
