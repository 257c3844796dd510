import type { Profile } from '../../../shared/app-state.ts'
import type { Connection } from '../../../shared/connection.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { PlainVariable } from '../../../shared/variables.ts'
import type { Transfer, TransferServer } from './transfer-file.ts'
import { withoutSoundFiles } from './without-sound-files.ts'

/** What there is to hand on. */
export interface HandedOn {
  readonly settings: Settings
  readonly profiles: readonly Profile[]
  readonly favourites: (profileId: string) => ReadonlySet<number>
  /** By the workflow's id, what was sent last and is not secret. */
  readonly variables: (profileId: string) => ReadonlyMap<number, PlainVariable[]>
}

/** What goes into the file. */
export const transferOf = ({ settings, profiles, favourites, variables }: HandedOn): Transfer => ({
  // Their addresses are secret, and their programs are this machine's.
  settings: { ...withoutSoundFiles(settings), targets: [] },
  servers: profiles.map((profile): TransferServer => {
    const { id, baseUrl, username, staySignedIn, name = '', watch = 'mine', connection } = profile
    return {
      address: baseUrl,
      username,
      name,
      staySignedIn,
      watch,
      ...(connection !== undefined && { connection: portable(connection) }),
      favourites: [...favourites(id)],
      variables: Object.fromEntries(variables(id)),
    }
  }),
})

/** How a server is reached from any computer. Of a proxy that is not used nobody has checked the address. */
const portable = ({ proxy, proxyAddress, proxyUsername, frontUsername }: Connection) => ({
  proxy,
  proxyAddress: proxy === 'own' ? proxyAddress : '',
  proxyUsername,
  frontUsername,
})
