import { createTranslator, type Translator } from '../shared/i18n.ts'
import type { JobView } from '../shared/job-view.ts'
import { firstServers } from './servers/first-servers.ts'
import { AppStore } from './settings/app-store.ts'
import type { SettingsFile } from './settings/settings-file.ts'
import { AppModel } from './state/app-model.ts'
import { FileNotices } from './state/file-notices.ts'
import { type MakeTray, TrayFront } from './tray/front.ts'
import { trayPicture } from './tray/picture.ts'

/** What the tray needs. */
export interface OpeningPorts {
  readonly files: { readonly settings: SettingsFile }
  readonly machine: {
    /** BCP 47 tags, the most wanted first. */
    readonly languages: readonly string[]
  }
  readonly tray: MakeTray
  readonly desktop: { quit(): void }
}

/** What the app begins with: the tray, and what it is drawn from. */
export interface Opening {
  readonly texts: Translator
  readonly tray: TrayFront
  readonly model: AppModel
  readonly appStore: AppStore
  readonly fileNotices: FileNotices
  /** The jobs that the tray shows: none until they were read. */
  listJobs: () => readonly JobView[]
  /** Resolves once the desktop has had the time to show the tray. */
  readonly shown: Promise<void>
}

/**
 * Shows the tray. Nothing here needs what is behind it, all of which takes longer to load than a person should wait for
 * the icon: `createApp` goes on with it, and with what was chosen in the menu meanwhile.
 */
export function openTray({ files, machine, tray: make, desktop }: OpeningPorts): Opening {
  const texts = createTranslator(machine.languages)
  const model = new AppModel()
  const fileNotices = new FileNotices(model)
  const appStore = new AppStore({ file: files.settings, onProblem: fileNotices.onSettingsProblem })
  const first = firstServers(appStore)
  model.setServers(first.servers, first.shownId)
  const tray = new TrayFront(make, () => desktop.quit())
  const opening = { texts, tray, model, appStore, fileNotices, listJobs: (): readonly JobView[] => [] }
  const { t, locale } = texts
  const shown = tray.show(() =>
    trayPicture({ state: model.state, jobs: opening.listJobs(), unseen: model.unseen.size, t, locale }),
  )
  return Object.assign(opening, { shown })
}
