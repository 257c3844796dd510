import type { JobView } from '../../shared/job-view.ts'
import { firstServers } from '../servers/first-servers.ts'
import { AppStore } from '../settings/app-store.ts'
import type { SettingsFile } from '../settings/settings-file.ts'
import { AppModel } from '../state/app-model.ts'
import { FileNotices } from '../state/file-notices.ts'
import { Speech, type SpeechOptions } from '../state/speech.ts'
import { type MakeTray, TrayFront } from '../tray/front.ts'
import { trayPicture } from '../tray/picture.ts'

/** What the tray needs. */
export interface OpeningPorts {
  readonly files: { readonly settings: SettingsFile }
  readonly machine: SpeechOptions
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
  readonly speech: Speech
  readonly model: AppModel
  readonly appStore: AppStore
  readonly fileNotices: FileNotices
  /** The jobs that are shown: none until they were read. */
  listJobs: () => readonly JobView[]
  /** What workflows usually take, in milliseconds, by `workflowKeyOf`: nothing until it was read. */
  usualDurations: ReadonlyMap<string, number>
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
  const speech = await Speech.begin(machine, appStore.settings.language)
  const first = firstServers(appStore)
  model.setServers(first.servers, first.shownId)
  const shown: Shown = { speech, model, appStore, fileNotices, listJobs: () => [], usualDurations: new Map() }
  await tray.show(() => {
    const { t, locale, times } = speech.texts
    return trayPicture({
      state: model.state,
      jobs: shown.listJobs(),
      usualDurations: shown.usualDurations,
      unseen: model.unseen.size,
      t,
      locale,
      times,
      now: Date.now(),
    })
  })
  return shown
}
