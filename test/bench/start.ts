import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { emptyDocument } from '../../src/main/settings/document.ts'
import { startDesktop } from '../desktop/desktop.ts'
import { findEntry } from '../desktop/menu.ts'
import { baselines, ElectronApp, type LaunchOptions, type Stage } from './electron-app.ts'
import { type Figure, within } from './figure.ts'
import { median } from './statistics.ts'

const launches = 15
const readyWithinMs = 15_000
const lookEveryMs = 2

/** As after a restart of the machine: signed in, with a password that only the keychain can read. */
async function rememberSignIn(userData: string): Promise<void> {
  const profile = { id: 'bench', baseUrl: 'http://127.0.0.1:9', username: 'admin', staySignedIn: true }
  const document = {
    ...emptyDocument,
    profiles: { list: [profile], followed: [profile.id], activeId: profile.id },
    sealedPasswords: { [profile.id]: Buffer.from('sealed').toString('base64') },
  }
  await writeFile(path.join(userData, 'settings.json'), JSON.stringify(document))
}

type Start = Pick<LaunchOptions, 'app' | 'prepare'>

/** Milliseconds from the start of the process until a panel has the whole menu. */
async function timeToMenu(stage: Stage, start: Start): Promise<number> {
  const desktop = await startDesktop()
  const app = await ElectronApp.launch({ stage, desktop, ...start })
  try {
    await desktop.tray.firstIconAt(readyWithinMs)
    const deadline = app.launchedAt + readyWithinMs
    while (performance.now() < deadline) {
      const menu = await desktop.tray.menu().catch(() => null)
      if (menu !== null && findEntry(menu, ['Quit']) !== null) return performance.now() - app.launchedAt
      await pause(lookEveryMs)
    }
    throw new Error('The tray has no menu')
  } finally {
    await app.kill()
    await desktop.close()
  }
}

/** Milliseconds of each launch. */
export interface StartRun {
  /** With a sign-in that is remembered, as at login. */
  readonly app: readonly number[]
  /** For the first time: the window with the form opens as well. */
  readonly first: readonly number[]
  readonly baseline: readonly number[]
}

/** The start of the process until the tray's menu is there, in turns with the app that has only a tray icon. */
export async function measureStart(stage: Stage, rounds = launches): Promise<StartRun> {
  const baseline: number[] = []
  const app: number[] = []
  const first: number[] = []
  // The first launch of each reads its files from the disk and counts for nothing.
  for (let round = -1; round < rounds; round += 1) {
    const times = {
      baseline: await timeToMenu(stage, { app: baselines.tray }),
      app: await timeToMenu(stage, { app: stage.app, prepare: rememberSignIn }),
      first: await timeToMenu(stage, { app: stage.app }),
    }
    if (round < 0) continue
    baseline.push(times.baseline)
    app.push(times.app)
    first.push(times.first)
  }
  return { app, first, baseline }
}

/** The lines of the table. */
export function startFigures(run: StartRun): Figure[] {
  const [unit, baseline] = ['ms', median(run.baseline)]
  return [
    within(
      { what: 'start -> tray menu, signed in before', unit, app: median(run.app), baseline },
      { times: 1.15 },
    ),
    within(
      { what: 'start -> tray menu, for the first time', unit, app: median(run.first), baseline },
      { times: 1.15 },
    ),
  ]
}
