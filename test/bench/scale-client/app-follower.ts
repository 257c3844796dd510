import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppModel } from '../../../src/main/app-model.ts'
import { DiskJournalFile } from '../../../src/main/job-store/journal-file.ts'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { Notifier } from '../../../src/main/notify/notifier.ts'
import { ToldRecord } from '../../../src/main/notify/told-record.ts'
import type { Toast, Toaster, ToastStatus } from '../../../src/main/notify/toaster.ts'
import type { Log } from '../../../src/main/platform/log.ts'
import { Session } from '../../../src/main/session.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { UndiciTransport } from '../../../src/main/wexflow/transport.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import type { Follower, FollowerOptions } from './follower.ts'

const silence = (): void => {}
const noLog: Log = { error: silence, warn: silence, info: silence, debug: silence }

/** Shows nothing, at once, and counts the ends that a desktop would have shown. */
class CountingToaster implements Toaster {
  readonly #onToast: (ends: number) => void

  constructor(onToast: (ends: number) => void) {
    this.#onToast = onToast
  }

  show({ id, title }: Toast): Promise<ToastStatus> {
    // A summary's title begins with the number of ends that it tells.
    this.#onToast(id.startsWith('summary:') ? Number.parseInt(title, 10) : 1)
    return Promise.resolve({ status: 'shown', reason: '' })
  }
}

/** The app without Electron, joined as its root does, on the real network and disk. */
export async function followAsApp({ baseUrl, token, onToast, onTold }: FollowerOptions): Promise<Follower> {
  const { t, locale } = createTranslator(['en'])
  const folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-scale-'))
  const model = new AppModel()
  const jobsFile = new DiskJournalFile(path.join(folder, 'jobs.ndjson'))
  const told = await ToldRecord.open({
    file: new DiskJournalFile(path.join(folder, 'told.ndjson')),
    jobsFile,
    onProblem: silence,
  })
  const store = await JobStore.open({
    file: jobsFile,
    keep: () => defaultSettings.keepJobs,
    mayForget: (job) => told.isSettled(viewOf(job)),
    onProblem: silence,
  })
  told.onTold((key, { outcome }) => {
    const jobId = store.get(key)?.jobId ?? null
    if (jobId !== null) onTold(jobId, outcome)
  })
  const notifier = new Notifier({
    toaster: new CountingToaster(onToast),
    store,
    told,
    model,
    log: noLog,
    t,
    locale,
    settings: () => defaultSettings,
    readLog: (key) => session.logKnown(key),
    onClick: silence,
  })
  const session = new Session({
    store,
    model,
    listener: notifier,
    favourites: () => new Set(),
    networkFingerprint: () => '',
    log: noLog,
  })
  const transport = new UndiciTransport()
  const host = baseUrl.replace(/\/api\/v1$/, '')
  const signIn = new SignIn({
    fetch: transport.call,
    baseUrl: host,
    username: 'admin',
    password: () => Promise.resolve(null),
    token,
    onToken: silence,
  })
  const server = new WexflowClient(host, transport, signIn)
  const profile = { id: 'scale', baseUrl: host, username: 'admin', staySignedIn: false }
  session.begin(profile, { server, close: () => transport.close() })
  return {
    start: async (id) => session.tracker?.startWorkflow({ id, name: `Workflow ${id}`, isApproval: false }),
    close: async () => {
      session.close()
      await Promise.all([store.flush(), told.flush()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
