import type { Profile } from '../../../shared/app-state.ts'
import { cleanText } from '../../../shared/clean-text.ts'
import { type Settings, settingsSchema } from '../../../shared/settings.ts'
import type { TransferPlan } from '../../../shared/settings-transfer.ts'
import { usualConnection } from '../../../shared/usual-connection.ts'
import { profileIdOf } from '../../servers/profile-id.ts'
import type { PlainVariable } from '../../../shared/variables.ts'
import type { Transfer, TransferServer } from './transfer-file.ts'
import { withoutSoundFiles } from './without-sound-files.ts'

/** What the app has already. */
export interface Existing {
  readonly settings: Settings
  readonly profiles: readonly Profile[]
  readonly favourites: (profileId: string) => ReadonlySet<number>
  /** The names of the variables of a workflow of which it is known what was sent last. */
  readonly variableNames: (profileId: string, workflowId: number) => ReadonlySet<string>
}

interface OfWorkflow {
  readonly profileId: string
  readonly workflowId: number
}

/** What a file adds to what there is. */
export interface Merge {
  readonly settings: Settings
  readonly changedSettings: TransferPlan['settings']
  readonly profiles: readonly Profile[]
  readonly favourites: readonly OfWorkflow[]
  readonly variables: readonly (OfWorkflow & { readonly added: readonly PlainVariable[] })[]
}

const longestServerName = 60

/** Joins a file with what there is: servers by address and user; whatever is known already stays as it is. */
export function mergeOf({ settings: taken, servers }: Transfer, existing: Existing): Merge {
  // No file may say what is called, run or played here.
  const settings = { ...withoutSoundFiles(taken), targets: existing.settings.targets }
  const known = new Set(existing.profiles.map(({ id }) => id))
  const read = servers.map((server) => ({ server, profile: profileOf(server) }))
  return {
    settings,
    changedSettings: settingsSchema
      .keyof()
      .options.filter((key) => JSON.stringify(settings[key]) !== JSON.stringify(existing.settings[key])),
    profiles: read.map(({ profile }) => profile).filter(({ id }) => !known.has(id)),
    favourites: read.flatMap(({ server, profile: { id } }) => {
      const starred = existing.favourites(id)
      const added = [...new Set(server.favourites)].filter((workflowId) => !starred.has(workflowId))
      return added.map((workflowId) => ({ profileId: id, workflowId }))
    }),
    variables: read.flatMap(({ server, profile: { id } }) =>
      Object.entries(server.variables).flatMap(([key, remembered]) => {
        const workflowId = Number(key)
        const names = existing.variableNames(id, workflowId)
        const added = remembered.filter(({ name }) => !names.has(name))
        return added.length === 0 ? [] : [{ profileId: id, workflowId, added }]
      }),
    ),
  }
}

/** What is told of it before it is done. */
export const planOf = ({ changedSettings, profiles, favourites, variables }: Merge): TransferPlan => ({
  settings: changedSettings,
  servers: profiles.map(({ baseUrl, username }) => ({ address: baseUrl, username })),
  favourites: favourites.length,
  variables: variables.reduce((sum, { added }) => sum + added.length, 0),
})

function profileOf({ address, username, name, staySignedIn, watch, connection }: TransferServer): Profile {
  const ownName = cleanText(name, longestServerName).trim()
  return {
    id: profileIdOf(address, username),
    baseUrl: address,
    username,
    staySignedIn,
    watch,
    ...(ownName !== '' && { name: ownName }),
    ...(connection !== undefined && { connection: { ...usualConnection, ...connection } }),
  }
}
