import type { Run } from '../../shared/commands.ts'
import type { RequestHandlers } from '../../shared/ipc.ts'
import type { JobStore } from '../job-store/store.ts'
import type { ToldRecord } from '../notify/told-record.ts'
import type { AppStore } from '../settings/app-store.ts'
import type { AppModel } from '../state/app-model.ts'
import { viewOf } from '../tracking/job-view.ts'

export interface RequestOptions {
  readonly run: Run
  readonly model: AppModel
  readonly jobStore: JobStore
  readonly told: ToldRecord
  readonly appStore: AppStore
  /** The app's version. */
  readonly version: string
}

/** What the window's page may ask: a first picture, and the wishes of the person in front of it. */
export const requestHandlers = ({
  run,
  model,
  jobStore,
  told,
  appStore,
  version,
}: RequestOptions): RequestHandlers => {
  /** The window's pages know one server. */
  const serverId = (): string => model.state.profile?.id ?? ''
  return {
    snapshot: () => ({
      state: model.state,
      jobs: jobStore.list().map(viewOf),
      settings: appStore.settings,
      view: appStore.view,
      version,
    }),
    connect: (form) => run({ kind: 'signIn', form }),
    signOut: () => run({ kind: 'signOut', serverId: serverId() }),
    startWorkflow: ({ workflowId }) => run({ kind: 'startWorkflow', serverId: serverId(), workflowId }),
    setFavourite: (favourite) => run({ kind: 'setFavourite', serverId: serverId(), ...favourite }),
    stopJob: ({ key }) => run({ kind: 'stopJob', key }),
    approveJob: ({ key }) => run({ kind: 'approveJob', key }),
    rejectJob: ({ key }) => run({ kind: 'rejectJob', key }),
    jobEvidence: ({ key }) => [...(jobStore.get(key)?.evidence ?? [])],
    jobTold: ({ key }) => told.get(key),
    jobLog: ({ key }) => run({ kind: 'jobLog', key }),
    saveSettings: (settings) => run({ kind: 'saveSettings', settings }),
    saveView: (view) => run({ kind: 'saveView', view }),
    openLogFile: () => run({ kind: 'openLogFile' }),
    copyDiagnostics: () => run({ kind: 'copyDiagnostics' }),
  }
}
