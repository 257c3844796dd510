import type { CommandHandlers } from '../../../shared/commands.ts'
import type { Desktop } from '../../commands.ts'
import type { JobStore } from '../../job-store/store.ts'
import { FileTooLarge, readTextFile } from '../../platform/text-file.ts'
import type { Servers } from '../../servers/servers.ts'
import type { SentOf } from '../../servers/taken-variables.ts'
import type { AppStore } from '../app-store.ts'
import { type Merge, mergeOf, planOf } from './merge.ts'
import type { PlainVariable } from '../../../shared/variables.ts'
import { parseTransfer, transferText } from './transfer-file.ts'
import { transferOf } from './transfer-of.ts'

/** More than the settings of a thousand servers need. */
const mostBytes = 16 * 1024 * 1024

export interface TransferOptions {
  readonly appStore: AppStore
  readonly jobStore: Pick<JobStore, 'all' | 'prune'>
  readonly lastSent: SentOf
  readonly servers: Pick<Servers, 'get' | 'addSignedOut'>
  readonly desktop: Pick<Desktop, 'chooseFile' | 'saveText'>
}

/** Writes the settings to a file, and takes over those of one. */
export function transferCommands({
  appStore,
  jobStore,
  lastSent,
  servers,
  desktop,
}: TransferOptions): Pick<CommandHandlers, 'exportSettings' | 'readSettingsFile' | 'importSettings'> {
  /** What the person was asked about last. */
  let asked: Merge | null = null
  const variablesOf = (profileId: string): ReadonlyMap<number, PlainVariable[]> => {
    const ran = jobStore.all().flatMap((job) => (job.serverId === profileId ? [job.workflowId] : []))
    const ids = new Set([...ran, ...appStore.workflowsWithVariables(profileId)])
    const known = [...ids].map((id) => [id, plain(lastSent(profileId, id))] as const)
    return new Map(known.filter(([, variables]) => variables.length > 0))
  }
  return {
    exportSettings: () => {
      const { settings, profiles } = appStore
      const favourites = (profileId: string): ReadonlySet<number> => appStore.favourites(profileId)
      const transfer = transferOf({ settings, profiles, favourites, variables: variablesOf })
      return desktop.saveText('wexflow-tray-settings.json', transferText(transfer))
    },
    readSettingsFile: async () => {
      asked = null
      const path = await desktop.chooseFile()
      if (path === null) return { kind: 'cancelled' }
      const text = await readTextFile(path, mostBytes).catch((error: unknown) => ({ error }))
      if (typeof text !== 'string') {
        const isTooLarge = text.error instanceof FileTooLarge
        return { kind: 'problem', problem: isTooLarge ? 'tooLarge' : 'unreadable', detail: '' }
      }
      const parsed = parseTransfer(text)
      if (!parsed.ok) return { kind: 'problem', problem: parsed.problem, detail: parsed.detail }
      asked = mergeOf(parsed.transfer, {
        settings: appStore.settings,
        profiles: appStore.profiles,
        favourites: (profileId) => appStore.favourites(profileId),
        variableNames: (profileId, workflowId) => new Set(lastSent(profileId, workflowId).keys()),
      })
      return { kind: 'read', plan: planOf(asked) }
    },
    importSettings: () => {
      if (asked !== null) {
        const { settings, profiles, favourites, variables } = asked
        asked = null
        for (const profile of profiles) servers.addSignedOut(profile)
        for (const { profileId, workflowId } of favourites) appStore.setFavourite(profileId, workflowId, true)
        for (const id of new Set(favourites.map(({ profileId }) => profileId)))
          servers.get(id)?.refreshFavourites()
        for (const { profileId, workflowId, added } of variables)
          appStore.rememberVariables(profileId, workflowId, added)
        appStore.saveSettings(settings)
        jobStore.prune()
      }
      return appStore.settings
    },
  }
}

/** Those whose value is known: that of a secret one nobody keeps. */
const plain = (sent: ReadonlyMap<string, string | null>): PlainVariable[] =>
  [...sent].flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
