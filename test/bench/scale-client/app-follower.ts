import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createApp } from '../../../src/main/app.ts'
import { DiskJournalFile } from '../../../src/main/job-store/journal-file.ts'
import type { Toast, Toaster, ToastStatus } from '../../../src/main/notify/toaster.ts'
import { headlessPorts, signedInSettings } from '../../headless.ts'
import { demoUsers } from '../../wexflow-sim/users.ts'
import type { Follower, FollowerOptions } from './follower.ts'

/** Shows nothing, at once, and counts the ends that a desktop would have shown. */
class CountingToaster implements Toaster {
  readonly #onToast: (ends: number) => void

  constructor(onToast: (ends: number) => void) {
    this.#onToast = onToast
  }

  show({ id, title }: Toast): Promise<ToastStatus> {
    // A summary's title begins with the number of ends that it tells.
    this.#onToast(id.startsWith('summary:') ? Number.parseInt(title.replaceAll(',', ''), 10) : 1)
    return Promise.resolve({ status: 'shown', reason: '' })
  }

  withdraw(): void {}

  isStanding(): boolean {
    return false
  }

  async hasSounds(): Promise<boolean> {
    return true
  }

  onReady(): void {}
}

/** The app without a screen, on the real network and disk. */
export async function followAsApp({ baseUrl, onToast, onTold }: FollowerOptions): Promise<Follower> {
  const [user] = demoUsers
  if (user === undefined) throw new Error('no user')
  const folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-scale-'))
  const host = baseUrl.replace(/\/api\/v1$/, '')
  const profile = { id: 'scale', baseUrl: host, username: user.username, staySignedIn: true }
  const app = await createApp(
    headlessPorts({
      files: {
        settings: signedInSettings({ profile, password: user.password }),
        jobs: new DiskJournalFile(path.join(folder, 'jobs.ndjson')),
        told: new DiskJournalFile(path.join(folder, 'told.ndjson')),
        usual: new DiskJournalFile(path.join(folder, 'usual.ndjson')),
      },
      toaster: () => new CountingToaster(onToast),
    }),
  )
  if (app === null) throw new Error('the app could not be built')
  const { jobStore, told, servers, close } = app
  told.onTold((key, end) => {
    const jobId = jobStore.get(key)?.run?.jobId ?? null
    if (jobId !== null && end !== null) onTold(jobId, end.outcome)
  })
  return {
    start: async (id) => {
      await servers.get(profile.id)?.tracker.startWorkflow({ id, name: `Workflow ${id}`, isApproval: false })
    },
    close: async () => {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
