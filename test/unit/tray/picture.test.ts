import { expect, test } from 'vitest'
import type { TrayFacts } from '../../../src/main/tray/menu-facts.ts'
import { trayPicture } from '../../../src/main/tray/picture.ts'
import { stateOf, stateWith } from '../app-state.ts'
import { viewIn } from '../job-view.ts'
import { factsWith } from './menu-sight.ts'

const jobs = [
  viewIn('running', { key: 'own', jobId: '1' }),
  viewIn('waiting', { key: 'of another server', jobId: '2', serverId: 'other' }),
]
const pictureOf = (part: Partial<TrayFacts>): ReturnType<typeof trayPicture> =>
  trayPicture(factsWith({ jobs, ...part }))

const mute = 'Mute notifications'
const submenus = ({ menu }: ReturnType<typeof trayPicture>): string[] =>
  menu.flatMap((item) => (item.type === 'submenu' ? [item.label] : []))

test('shows the jobs of the server that the app is signed in to, and no others', () => {
  const picture = pictureOf({})
  expect(picture.icon).toBe('running')
  expect(picture.tooltip).toBe('Wexflow Tray\n1 job under way')
  expect(submenus(picture)).toEqual(['Start workflow', 'Import orders – Running', mute])
})

test('a job that the server took and does not begin is under way', () => {
  const picture = pictureOf({ jobs: [viewIn('notBegun')] })
  expect(picture.icon).toBe('running')
  expect(submenus(picture)).toEqual(['Start workflow', 'Import orders – Taken, not begun', mute])
})

test('after a sign-out nobody follows the jobs: nothing runs for all the app knows', () => {
  const picture = pictureOf({ state: stateWith({ link: 'signedOut' }) })
  expect(picture.icon).toBe('idle')
  expect(picture.tooltip).toBe('Wexflow Tray')
  expect(submenus(picture)).toEqual([mute])
})

test('once the sign-in is over nobody follows the jobs either: none is said to run, and nothing ticks', () => {
  const picture = pictureOf({ state: stateWith({ link: 'signInNeeded' }) })
  expect(picture.tooltip).toBe('Wexflow Tray\nSign-in needed')
  expect(submenus(picture)).not.toContain('Import orders – Running')
  expect(picture.isTicking).toBe(false)
})

test('bad ends ask for attention whichever server they were on', () => {
  expect(pictureOf({ unseen: 1, state: stateWith({ link: 'signedOut' }) }).icon).toBe('attention')
})

test('before the first sign-in there is nothing but the menu', () => {
  expect(pictureOf({ jobs: [], state: stateOf([]) }).icon).toBe('idle')
})
