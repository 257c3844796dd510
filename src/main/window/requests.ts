import type { Run } from '../../shared/commands.ts'
import type { DesktopKind } from '../../shared/desktop-kind.ts'
import type { JobPartView, Snapshot, WindowHandlers } from '../../shared/ipc.ts'
import type { SystemFormats } from '../../shared/system-formats.ts'
import { firstJobs, type JobPart, olderJobs } from '../job-store/job-parts.ts'
import type { JobStore } from '../job-store/store.ts'
import type { UsualTimes } from '../job-store/usual-times.ts'
import type { ToldRecord } from '../notify/told-record.ts'
import type { Toaster } from '../notify/toaster.ts'
import type { StartAtLogin } from '../platform/start-at-login/start-at-login.ts'
import type { Servers } from '../servers/servers.ts'
import type { AppStore } from '../settings/app-store.ts'
import type { AppModel } from '../state/app-model.ts'
import { viewOf } from '../tracking/job-view.ts'
import type { Updates } from '../updates/updates.ts'

export interface RequestOptions {
  readonly run: Run
  readonly servers: Pick<Servers, 'get'>
  readonly model: AppModel
  readonly jobStore: JobStore
  readonly told: ToldRecord
  readonly usual: Pick<UsualTimes, 'durations'>
  readonly appStore: AppStore
  /** The app's version. */
  readonly version: string
  /** How the system writes times and numbers, as far as that is known by now. */
  readonly formats: () => SystemFormats
  readonly desktop: DesktopKind
  /** Reads the notices of the packages that are bundled. */
  readonly licences: () => Promise<string>
  readonly toaster: Pick<Toaster, 'hasSounds'>
  readonly startAtLogin: Pick<StartAtLogin, 'read'>
  readonly updates: Pick<Updates, 'state'>
}

/**
 * What the window's page may ask: a first picture, what is too much to send each time, and the person's commands. Jobs
 * are sent as JSON: the bridge copies objects value by value (5 ms of the page's for each part of them), and a text at once.
 */
export const requestHandlers = ({
  run,
  servers,
  model,
  jobStore,
  told,
  usual,
  appStore,
  version,
  licences,
  toaster,
  startAtLogin,
  updates,
  formats,
  desktop,
}: RequestOptions): WindowHandlers => ({
  snapshot: () => {
    const snapshot: Snapshot = {
      state: model.state,
      ...viewsOf(firstJobs(jobStore.list(), appStore.view.selectedKey)),
      usual: Object.fromEntries(usual.durations),
      settings: appStore.settings,
      view: appStore.view,
      version,
      formats: formats(),
      desktop,
    }
    return JSON.stringify(snapshot)
  },
  olderJobs: ({ olderThan }) => JSON.stringify(viewsOf(olderJobs(jobStore.list(), olderThan))),
  jobEvidence: ({ key }) => [...(jobStore.get(key)?.evidence ?? [])],
  jobTold: ({ key }) => told.get(key),
  nextRuns: ({ serverId }) => Object.fromEntries(servers.get(serverId)?.nextRuns() ?? []),
  licences,
  hasSounds: () => toaster.hasSounds(),
  startAtLogin: () => startAtLogin.read(),
  updateState: () => updates.state,
  run,
})

const viewsOf = ({ jobs, olderThan }: JobPart): JobPartView => ({
  jobs: jobs.map(viewOf),
  olderThan,
})
