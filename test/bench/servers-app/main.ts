/** The app without a screen, in a process of its own, signed in to some servers: says what it takes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '../../../src/main/app.ts'
import { DiskJournalFile } from '../../../src/main/job-store/journal-file.ts'
import { headlessPorts, signedInSettings } from '../../headless.ts'
import { demoUsers } from '../../wexflow-sim/users.ts'
import { weigh } from '../measuring.ts'
import { appSetupSchema } from '../servers-messages.ts'

const lookEveryMs = 100
/** From the last connection until it is weighed: the catch-up is done, and connections that are not needed are closed. */
const settleMs = 15_000

const { baseUrls, quietMs } = appSetupSchema.parse(JSON.parse(process.argv[2] ?? ''))
const [user] = demoUsers
if (user === undefined) throw new Error('no user')
const { username, password } = user
const folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-servers-'))
const app = await createApp(
  headlessPorts({
    files: {
      settings: signedInSettings(
        ...baseUrls.map((baseUrl, place) => ({
          profile: { id: `server${place}`, baseUrl, username, staySignedIn: true },
          password,
        })),
      ),
      jobs: new DiskJournalFile(path.join(folder, 'jobs.ndjson')),
      told: new DiskJournalFile(path.join(folder, 'told.ndjson')),
      usual: new DiskJournalFile(path.join(folder, 'usual.ndjson')),
    },
    toaster: () => ({
      show: async () => ({ status: 'shown', reason: '' }),
      withdraw: () => undefined,
      isStanding: () => false,
      hasSounds: async () => true,
      onReady: () => undefined,
    }),
  }),
)
if (app === null) throw new Error('the app could not be built')
while (!app.model.state.servers.every(({ link }) => link === 'online')) await pause(lookEveryMs)
await pause(settleMs)
const sockets = process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length
process.send?.({ phase: 'weighed', ...weigh(), sockets })

if (quietMs > 0) {
  const used = process.cpuUsage()
  await pause(quietMs)
  const { user: ofApp, system } = process.cpuUsage(used)
  process.send?.({ phase: 'leftAlone', cpuMs: (ofApp + system) / 1000 })
}
await app.close()
await rm(folder, { recursive: true, force: true })
process.exit()
