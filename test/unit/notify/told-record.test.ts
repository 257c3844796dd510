import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DiskJournalFile } from '../../../src/main/job-store/journal-file.ts'
import type { JournalProblem } from '../../../src/main/job-store/journaled-map.ts'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { ToldRecord } from '../../../src/main/notify/told-record.ts'
import type { Told } from '../../../src/shared/told.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { endedView } from '../job-view.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'

let folder: string
let problems: (JournalProblem | null)[]
let opened: ToldRecord[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-told-'))
  problems = []
  opened = []
})
afterEach(async () => {
  // Their last writes would meet a folder that is gone, or make it anew.
  for (const told of opened) await told.flush()
  await rm(folder, { recursive: true })
})

const file = (name: string): string => path.join(folder, name)
const jobsFile = (): DiskJournalFile => new DiskJournalFile(file('jobs.ndjson'))

async function open(): Promise<ToldRecord> {
  const told = await ToldRecord.open({
    file: new DiskJournalFile(file('told.ndjson')),
    jobsFile: jobsFile(),
    onProblem: (problem) => problems.push(problem),
  })
  opened.push(told)
  return told
}

const shown = (outcome: Told['outcome'], at = 1): Told => ({ at, outcome, how: 'shown' })

test('remembers across a restart what was told last', async () => {
  const told = await open()
  told.settle('a', shown('unknown'))
  told.settle('a', shown('done', 2))
  told.settle('b', { at: 3, outcome: 'failed', how: 'muted' })
  await told.flush()
  const again = await open()
  expect(again.get('a')).toMatchObject(shown('done', 2))
  expect(again.get('b')).toMatchObject({ outcome: 'failed', how: 'muted' })
  expect(again.get('c')).toBeNull()
  expect(problems).toEqual([])
})

test('an outcome is settled once it was told, another one is not', async () => {
  const told = await open()
  told.settle('a', shown('unknown'))
  expect(told.isSettled(endedView('unknown', {}, { key: 'a' }))).toBe(true)
  expect(told.isSettled(endedView('done', {}, { key: 'a' }))).toBe(false)
  expect(told.isSettled(endedView('unknown', {}, { key: 'b' }))).toBe(false)
})

test('a line that can’t be read costs itself and no other; the file is kept aside', async () => {
  const told = await open()
  told.settle('a', shown('done'))
  await told.flush()
  const text = await readFile(file('told.ndjson'), 'utf8')
  await writeFile(
    file('told.ndjson'),
    `${text}{"key":"b","told":{"at":1,"outcome":"splendid","how":"shown"}}\n`,
  )
  const again = await open()
  expect(again.isSettled(endedView('done', {}, { key: 'a' }))).toBe(true)
  expect(again.get('b')).toBeNull()
  expect(problems).toMatchObject([{ kind: 'damaged' }])
})

test('what was told of jobs that are gone is forgotten', async () => {
  const told = await open()
  for (const key of ['a', 'b', 'c']) told.settle(key, shown('done'))
  told.keepOnly(new Set(['a', 'b']))
  told.forget(['b'])
  expect(['a', 'b', 'c'].filter((key) => told.get(key) !== null)).toEqual(['a'])
})

test('a phase that was told is remembered until it is over, beside what was told of the end', async () => {
  const told = await open()
  told.setPhase('a', 'waiting')
  told.settle('a', shown('unknown'))
  await told.flush()
  const again = await open()
  expect([again.phaseOf('a'), again.get('a')?.outcome]).toEqual(['waiting', 'unknown'])
  expect([again.isPhaseTold('waiting'), again.isPhaseTold('notBegun')]).toEqual([true, false])
  again.setPhase('a', null)
  expect([again.phaseOf('a'), again.get('a')?.outcome]).toEqual([null, 'unknown'])
  expect(again.phaseOf('b')).toBeNull()
  expect(again.isPhaseTold('waiting')).toBe(false)
})

test('its listeners hear what is told, until they stop listening', async () => {
  const told = await open()
  const heard: string[] = []
  const stop = told.onTold((key, end) => heard.push(`${key} ${end?.outcome ?? 'nothing'}`))
  told.settle('a', shown('done'))
  stop()
  told.settle('b', shown('done'))
  expect(heard).toEqual(['a done'])
})

test('what was told goes along with the run to another job, or is gone with it', async () => {
  const told = await open()
  const heard: string[] = []
  told.onTold((key, end) => heard.push(`${key} ${end?.outcome ?? 'nothing'}`))
  told.settle('a', shown('done'))
  told.move('a', 'b')
  expect([told.get('a'), told.get('b')?.outcome]).toEqual([null, 'done'])
  told.move('b', null)
  told.move('c', 'd')
  expect(['b', 'c', 'd'].map((key) => told.get(key))).toEqual([null, null, null])
  expect(heard).toEqual(['a done', 'a nothing', 'b done', 'b nothing'])
})

/** The jobs file of the first version, which kept in it what was told: two lines for each of five jobs. */
const ofTheFirstVersion = path.join(import.meta.dirname, 'jobs-of-the-first-version.ndjson')
/** Its jobs, in the order in which they were asked for, and what became of their ends. */
const earlier = ['shown', 'muted', 'refused', null, null] as const

test('the first version’s jobs file is upgraded: no job is lost, and what was dealt with stays so', async () => {
  await copyFile(ofTheFirstVersion, file('jobs.ndjson'))
  const told = await open()
  const options = { file: jobsFile(), keep: () => 1000, onProblem: () => {} }
  const store = await JobStore.open({ ...options, mayForget: (job) => told.isSettled(viewOf(job)) })
  const jobs = store.all()
  expect(jobs.map(({ workflowName, end }) => [workflowName, end?.outcome ?? null])).toEqual([
    ['Import orders', 'done'],
    ['Send invoices', 'failed'],
    ['Import orders', 'done'],
    ['Send invoices', 'failed'],
    ['Nightly export', null],
  ])
  expect(jobs.map(({ key }) => told.get(key)?.how ?? null)).toEqual(earlier)
  expect(jobs.map((job) => told.isSettled(viewOf(job)))).toEqual([true, true, true, false, false])
  expect(jobs.some((job) => 'notified' in job)).toBe(false)
})

test('the upgrade is on the disk before the jobs file is written anew', async () => {
  await copyFile(ofTheFirstVersion, file('jobs.ndjson'))
  const told = await open()
  const keys = (
    await JobStore.open({
      file: jobsFile(),
      keep: () => 1000,
      mayForget: () => true,
      onProblem: () => {},
    })
  )
    .all()
    .map(({ key }) => key)
  expect(keys.map((key) => told.get(key)?.how ?? null)).toEqual(earlier)
  await rm(file('jobs.ndjson'))
  const again = await open()
  expect(keys.map((key) => again.get(key)?.how ?? null)).toEqual(earlier)
})

test('without any file nothing was told, and nothing is written', async () => {
  const disk = new MemoryDisk()
  const told = await ToldRecord.open({
    file: disk.open(),
    jobsFile: jobsFile(),
    onProblem: (problem) => problems.push(problem),
  })
  await told.flush()
  expect([told.get('a'), await disk.open().read(), problems]).toEqual([null, null, []])
})
