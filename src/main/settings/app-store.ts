import type { Profile } from '../../shared/app-state.ts'
import type { Connection } from '../../shared/connection.ts'
import { usualConnection } from '../../shared/usual-connection.ts'
import type { View } from '../../shared/view.ts'
import { type Settings, settingsSchema } from '../../shared/settings.ts'
import { codeOf } from '../platform/error-code.ts'
import {
  emptyDocument,
  lostDocument,
  parseDocument,
  type SettingsDocument,
  type WindowBounds,
} from './document.ts'
import type { PlainVariable } from '../../shared/variables.ts'
import type { SettingsFile } from './settings-file.ts'
import { upgradeDocument, upgrades } from './upgrades.ts'

/** A trouble with the settings file that the person is told of. */
export type AppStoreProblem =
  /** `keptAs`: the file's new name. */
  | { readonly kind: 'damaged'; readonly keptAs: string }
  /** `code`: the file system's; `unreadable` where the file could neither be read nor renamed. */
  | { readonly kind: 'cannotWrite'; readonly code: string }

export interface AppStoreOptions {
  readonly file: SettingsFile
  /** Called when the file is damaged or can't be written, and with null when it can be written again. */
  readonly onProblem: (problem: AppStoreProblem | null) => void
}

/** How long changes that nobody would miss after a crash (view, bounds) may wait for each other. */
const coalesceMs = 1000
/** So many dismissed runs of a profile are remembered: those of long ago have ended. */
const mostDismissed = 100
/** A disk that refused is tried again after this time, in milliseconds. */
const retryMs = 30_000

/**
 * What the app remembers between runs, apart from jobs: settings, profiles, favourites, sealed passwords, the view
 * and the window's place. Read once; every answer comes from memory.
 */
export class AppStore {
  readonly #options: AppStoreOptions
  #document: SettingsDocument
  readonly #settingsListeners = new Set<(settings: Settings) => void>()
  /** They are asked for several times by each notification. */
  #settings: { readonly stored: unknown; readonly known: Settings } | null = null
  #timer: NodeJS.Timeout | null = null
  #lastWrite: Promise<void> = Promise.resolve()
  /** Why the last write failed; null when it did not. */
  #failedWith: string | null = null
  /** What can be neither read nor kept aside must not be written over: this run's changes are forgotten then. */
  #mayWrite = true

  /**
   * Reads the file. Never throws: a damaged file is kept aside, told by `onProblem`, and what is whole in it is used.
   */
  constructor(options: AppStoreOptions) {
    this.#options = options
    const { document, damaged } = this.#read()
    this.#document = document
    if (damaged) this.#replaceDamaged()
  }

  /** Without what only a later version knows, though it is kept. */
  get settings(): Settings {
    const { settings } = this.#document
    if (this.#settings?.stored !== settings)
      this.#settings = { stored: settings, known: settingsSchema.parse(settings) }
    return this.#settings.known
  }

  saveSettings(settings: Settings): void {
    this.#change({ settings: { ...this.#document.settings, ...settings } })
    for (const listener of this.#settingsListeners) listener(this.settings)
  }

  /** Listens to the person choosing other settings. */
  onSettings(listener: (settings: Settings) => void): void {
    this.#settingsListeners.add(listener)
  }

  /** Until when notifications are muted, in milliseconds since 1970, also of the past; null where they never were. */
  get mutedUntil(): number | null {
    return this.#document.mutedUntil
  }

  saveMutedUntil(mutedUntil: number | null): void {
    this.#change({ mutedUntil })
  }

  get profiles(): readonly Profile[] {
    return this.#document.profiles.list
  }

  /** The ids of the profiles that somebody is signed in to, or was when the app ended. */
  get followed(): ReadonlySet<string> {
    return new Set(this.#document.profiles.followed)
  }

  /** The one of the followed profiles that was signed in to last; null when none is. */
  get activeProfile(): Profile | null {
    const { list, activeId } = this.#document.profiles
    return list.find((profile) => profile.id === activeId) ?? null
  }

  /** Adds a profile or replaces the one of the same id, follows it, and makes it the active one. */
  saveProfile(profile: Profile): void {
    const { list, followed } = this.#document.profiles
    const known = list.some((other) => other.id === profile.id)
    this.#changeProfiles({
      list: known
        ? list.map((other) => (other.id === profile.id ? { ...other, ...profile } : other))
        : [...list, profile],
      followed: [...followed.filter((id) => id !== profile.id), profile.id],
      activeId: profile.id,
    })
  }

  /** Adds a profile that nobody is signed in to. */
  addProfile(profile: Profile): void {
    this.#changeProfiles({ list: [...this.#document.profiles.list, profile] })
  }

  /** Replaces the profile of the same id; one that is not known is nothing. */
  replaceProfile(profile: Profile): void {
    const list = this.#document.profiles.list.map((other) =>
      other.id === profile.id ? { ...other, ...profile } : other,
    )
    this.#changeProfiles({ list })
  }

  /** Forgets a profile, its password and its favourites. */
  forgetProfile(profileId: string): void {
    const { profiles, favourites, variables, dismissed, toldMessages, sealedPasswords, sealedSecrets } =
      this.#document
    const followed = profiles.followed.filter((id) => id !== profileId)
    this.#change({
      profiles: {
        ...profiles,
        list: profiles.list.filter(({ id }) => id !== profileId),
        followed,
        activeId: followed.at(-1) ?? null,
      },
      favourites: without(favourites, profileId),
      variables: without(variables, profileId),
      dismissed: without(dismissed, profileId),
      toldMessages: without(toldMessages, profileId),
      sealedPasswords: without(sealedPasswords, profileId),
      sealedSecrets: without(sealedSecrets, profileId),
    })
  }

  /** After a sign-out a profile is not followed, but its address, user name and favourites stay known. */
  unfollow(profileId: string): void {
    const followed = this.#document.profiles.followed.filter((id) => id !== profileId)
    this.#changeProfiles({ followed, activeId: followed.at(-1) ?? null })
  }

  /** How a profile's server is reached; as usual where nobody has set anything, or the profile is not known. */
  connection(profileId: string): Connection {
    return this.profiles.find(({ id }) => id === profileId)?.connection ?? usualConnection
  }

  favourites(profileId: string): ReadonlySet<number> {
    return new Set(this.#document.favourites[profileId])
  }

  setFavourite(profileId: string, workflowId: number, isFavourite: boolean): void {
    const ids = new Set(this.favourites(profileId))
    if (isFavourite) ids.add(workflowId)
    else ids.delete(workflowId)
    this.#change({ favourites: { ...this.#document.favourites, [profileId]: [...ids] } })
  }

  /** Whether the person took the run of this job id off the list. */
  isDismissed(profileId: string, jobId: string): boolean {
    return this.#document.dismissed[profileId]?.includes(jobId) === true
  }

  /** The person took a run that goes on off the list. */
  dismiss(profileId: string, jobId: string): void {
    const { dismissed } = this.#document
    const ids = [...(dismissed[profileId] ?? []), jobId].slice(-mostDismissed)
    this.#change({ dismissed: { ...dismissed, [profileId]: ids } })
  }

  /** A run that was taken off the list is on it again. */
  undismiss(profileId: string, jobId: string): void {
    if (!this.isDismissed(profileId, jobId)) return
    const { dismissed } = this.#document
    const ids = (dismissed[profileId] ?? []).filter((id) => id !== jobId)
    this.#change({ dismissed: { ...dismissed, [profileId]: ids } })
  }

  /** Whether the person has been told what happens after the first sign-in. */
  get isIntroduced(): boolean {
    return this.#document.introduced
  }

  setIntroduced(): void {
    if (!this.isIntroduced) this.#change({ introduced: true })
  }

  /** Variables of a workflow that were taken over from another computer. */
  rememberedVariables(profileId: string, workflowId: number): readonly PlainVariable[] {
    return this.#document.variables[profileId]?.[workflowId] ?? []
  }

  /** The workflows of a profile that have any. */
  workflowsWithVariables(profileId: string): readonly number[] {
    return Object.keys(this.#document.variables[profileId] ?? {}).map(Number)
  }

  /** Takes over variables of a workflow of which none has such a name yet. */
  rememberVariables(profileId: string, workflowId: number, added: readonly PlainVariable[]): void {
    const { variables } = this.#document
    const all = [...this.rememberedVariables(profileId, workflowId), ...added]
    this.#change({ variables: { ...variables, [profileId]: { ...variables[profileId], [workflowId]: all } } })
  }

  /** The ids of the unread messages of a profile's server that were told. */
  toldMessages(profileId: string): ReadonlySet<string> {
    return new Set(this.#document.toldMessages[profileId])
  }

  /** Replaces those that were told: one that was read, or marked as unread again, is news once more. */
  setToldMessages(profileId: string, ids: readonly string[]): void {
    if (ids.length === 0 && this.toldMessages(profileId).size === 0) return
    const others = without(this.#document.toldMessages, profileId)
    this.#change({ toldMessages: { ...others, [profileId]: [...ids] } })
  }

  /** The ciphertext of a profile's password, base64; null when none is kept. */
  sealedPassword(profileId: string): string | null {
    return this.#document.sealedPasswords[profileId] ?? null
  }

  /** @param sealed ciphertext only; null forgets it */
  saveSealedPassword(profileId: string, sealed: string | null): void {
    const others = without(this.#document.sealedPasswords, profileId)
    this.#change({ sealedPasswords: sealed === null ? others : { ...others, [profileId]: sealed } })
  }

  /** The ciphertext of what goes with a profile's connection, base64; null when none is kept. */
  sealedSecrets(profileId: string): string | null {
    return this.#document.sealedSecrets[profileId] ?? null
  }

  /** @param sealed ciphertext only; null forgets it */
  saveSealedSecrets(profileId: string, sealed: string | null): void {
    const others = without(this.#document.sealedSecrets, profileId)
    this.#change({ sealedSecrets: sealed === null ? others : { ...others, [profileId]: sealed } })
  }

  get view(): View {
    return this.#document.view
  }

  saveView(view: View): void {
    this.#document = { ...this.#document, view }
    this.#writeWithin(coalesceMs)
  }

  get windowBounds(): WindowBounds | null {
    return this.#document.windowBounds
  }

  saveWindowBounds(windowBounds: WindowBounds): void {
    this.#document = { ...this.#document, windowBounds }
    this.#writeWithin(coalesceMs)
  }

  /** Resolves once everything that was saved is on disk, or the disk has refused it. Await it before the app ends. */
  flush(): Promise<void> {
    if (this.#timer !== null) this.#write()
    return this.#lastWrite
  }

  #changeProfiles(profiles: Partial<SettingsDocument['profiles']>): void {
    this.#change({ profiles: { ...this.#document.profiles, ...profiles } })
  }

  #change(part: Partial<SettingsDocument>): void {
    this.#document = { ...this.#document, ...part }
    this.#write()
  }

  #writeWithin(ms: number): void {
    this.#timer ??= setTimeout(() => this.#write(), ms).unref()
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (!this.#mayWrite) return
    this.#lastWrite = this.#writeNow(this.#document)
  }

  /** A full disk or a read-only folder costs the memory across runs, never the app. */
  async #writeNow(document: SettingsDocument): Promise<void> {
    try {
      await this.#options.file.write(document)
    } catch (error) {
      this.#writeWithin(retryMs)
      const code = codeOf(error)
      if (code === this.#failedWith) return
      this.#failedWith = code
      this.#options.onProblem({ kind: 'cannotWrite', code })
      return
    }
    if (this.#failedWith === null) return
    this.#failedWith = null
    this.#options.onProblem(null)
  }

  #read(): { document: SettingsDocument; damaged: boolean } {
    const content = this.#options.file.read()
    switch (content.kind) {
      case 'missing':
        return { document: emptyDocument, damaged: false }
      case 'unreadable':
        return { document: lostDocument, damaged: true }
      case 'content':
        return parseDocument(upgradeDocument(content.value, upgrades))
    }
  }

  /** What could be saved of a damaged file is written at once: its next reader finds no file otherwise. */
  #replaceDamaged(): void {
    const keptAs = this.#options.file.setAside(Date.now())
    if (keptAs === null) {
      this.#mayWrite = false
      this.#options.onProblem({ kind: 'cannotWrite', code: 'unreadable' })
      return
    }
    this.#options.onProblem({ kind: 'damaged', keptAs })
    this.#write()
  }
}

/** A table by profile id, without one of them. */
const without = <Value>(table: Readonly<Record<string, Value>>, profileId: string): Record<string, Value> =>
  Object.fromEntries(Object.entries(table).filter(([id]) => id !== profileId))
