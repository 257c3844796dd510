import type { RequestHandlers } from '../../shared/ipc.ts'
import type { AppModel } from '../app-model.ts'
import type { Commands } from '../commands.ts'
import type { JobStore } from '../job-store/store.ts'
import type { AppStore } from '../settings/app-store.ts'
import { viewOf } from '../tracking/job-view.ts'

export interface RequestOptions {
  readonly commands: Commands
  readonly model: AppModel
  readonly jobStore: JobStore
  readonly appStore: AppStore
  /** The app's version. */
  readonly version: string
}

/** What the window's page may ask: a first picture, and the wishes of the person in front of it. */
export const requestHandlers = ({
  commands,
  model,
  jobStore,
  appStore,
  version,
}: RequestOptions): RequestHandlers => ({
  snapshot: () => ({
    state: model.state,
    jobs: jobStore.list().map(viewOf),
    settings: appStore.settings,
    view: appStore.view,
    version,
  }),
  connect: (form) => commands.connect(form),
  signOut: () => commands.signOut(),
  startWorkflow: ({ workflowId }) => commands.startWorkflow(workflowId),
  setFavourite: ({ workflowId, isFavourite }) => commands.setFavourite(workflowId, isFavourite),
  stopJob: ({ key }) => commands.stopJob(key),
  approveJob: ({ key }) => commands.approveJob(key),
  rejectJob: ({ key }) => commands.rejectJob(key),
  jobEvidence: ({ key }) => [...(jobStore.get(key)?.evidence ?? [])],
  jobLog: ({ key }) => commands.jobLog(key),
  saveSettings: (settings) => commands.saveSettings(settings),
  saveView: (view) => commands.saveView(view),
  openLogFile: () => commands.openLogFile(),
  copyDiagnostics: () => commands.copyDiagnostics(),
})
