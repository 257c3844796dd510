import { loadTranslator, type Translator } from '../shared/i18n.ts'
import { wantedLanguages } from '../shared/languages.ts'
import type { SystemFormats } from '../shared/system-formats.ts'
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
    /** How the system writes times and numbers, as far as that is known by now. */
    readonly formats: () => SystemFormats
  }
  readonly tray: MakeTray
  readonly desktop: { quit(): void }
}

/** What the app begins with. */
export interface Opening {
  readonly tray: TrayFront
  /** Resolves once the desktop has had the time to show the tray. Rejects for a fault of the app. */
  readonly shown: Promise<Shown>
}

/** What the tray is drawn from. */
export interface Shown {
  /** In the language that the person has chosen, or else in the system's. */
  readonly texts: Translator
  readonly model: AppModel
  readonly appStore: AppStore
  readonly fileNotices: FileNotices
  /** The jobs that are shown: none until they were read. */
  listJobs: () => readonly JobView[]
}

/**
 * Shows the tray. It needs nothing of what is behind it, which takes longer to load than a person should wait for the
 * icon: `createApp` goes on from here, with what was chosen in the menu meanwhile.
 */
export function openTray(ports: OpeningPorts): Opening {
  const tray = new TrayFront(ports.tray, () => ports.desktop.quit())
  return { tray, shown: show(ports, tray) }
}

async function show({ files, machine }: OpeningPorts, tray: TrayFront): Promise<Shown> {
  const model = new AppModel()
  const fileNotices = new FileNotices(model)
  const appStore = new AppStore({ file: files.settings, onProblem: fileNotices.onSettingsProblem })
  const { language } = appStore.settings
  const texts = await loadTranslator(wantedLanguages(language, machine.languages), machine.formats)
  const first = firstServers(appStore)
  model.setServers(first.servers, first.shownId)
  const shown: Shown = { texts, model, appStore, fileNotices, listJobs: () => [] }
  await tray.show(() =>
    trayPicture({
      state: model.state,
      jobs: shown.listJobs(),
      unseen: model.unseen.size,
      t: texts.t,
      locale: texts.locale,
      times: texts.times,
      now: Date.now(),
    }),
  )
  return shown
}
