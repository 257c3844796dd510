import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { decide } from '../../../src/main/jobs/decide/decide.ts'
import { DiskJournalFile } from '../../../src/main/jobs/journal-file.ts'
import { newJob } from '../../../src/main/jobs/new-job.ts'
import { type JobChanges, JobStore, type StoreProblem } from '../../../src/main/jobs/store.ts'
import type { Job } from '../../../src/shared/job.ts'

let folder: string
let problems: (StoreProblem | null)[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-store-'))
  problems = []
})
afterEach(() => rm(folder, { recursive: true }))

const file = (): string => path.join(folder, 'jobs.ndjson')
const open = (keep = 1000): Promise<JobStore> =>
  JobStore.open({
    file: new DiskJournalFile(file()),
    keep: () => keep,
    onProblem: (problem) => problems.push(problem),
  })
const jobAt = (requestedAt: number): Job =>
  newJob('server', { id: 1, name: 'Import', isApproval: false }, requestedAt)
const ended = (job: Job): Job =>
  decide(job, { kind: 'startRefused', reason: 'refused', detail: '' }, job.requestedAt).job

const told = (job: Job): Job => ({
  ...job,
  notified: job.outcome === null ? null : { at: job.requestedAt, outcome: job.outcome, how: 'shown' },
})

it('remembers across a restart, newest request first', async () => {
  const store = await open()
  const [older, newer] = [jobAt(1), jobAt(2)]
  store.put(older)
  store.put(newer)
  store.put({ ...older, phase: 'queued' })
  await store.flush()
  expect((await open()).list()).toEqual([newer, { ...older, phase: 'queued' }])
  expect(problems).toEqual([])
})

it('keeps the ended jobs that are wanted, and every job in flight', async () => {
  const store = await open(2)
  const inFlight = jobAt(0)
  const jobs = [1, 2, 3, 4].map((at) => told(ended(jobAt(at))))
  const changes = new Promise<JobChanges>((resolve) => store.onChange(resolve))
  for (const job of [inFlight, ...jobs]) store.put(job)
  expect((await changes).removed).toEqual([jobs[1]?.key, jobs[0]?.key])
  expect(store.list().map(({ requestedAt }) => requestedAt)).toEqual([4, 3, 0])
  await store.flush()
})

it('keeps every end that is still to be told, and drops it once it was', async () => {
  const store = await open(1)
  const jobs = [1, 2, 3].map((at) => ended(jobAt(at)))
  const oncePut = new Promise<JobChanges>((resolve) => store.onChange(resolve))
  for (const job of jobs) store.put(job)
  expect((await oncePut).removed).toEqual([])
  const onceTold = new Promise<JobChanges>((resolve) => store.onChange(resolve))
  for (const job of jobs.slice(1)) store.put(told(job))
  expect((await onceTold).removed).toEqual([jobs[1]?.key])
  expect(store.list().map(({ requestedAt }) => requestedAt)).toEqual([3, 1])
  await store.flush()
})

it('loses nothing but the line that was cut, and says so', async () => {
  const store = await open()
  const [first, second] = [jobAt(1), jobAt(2)]
  store.put(first)
  await store.flush()
  store.put(second)
  await store.flush()
  const text = await readFile(file(), 'utf8')
  await writeFile(file(), text.slice(0, -20))

  const again = await open()
  expect(again.list()).toEqual([first])
  expect(problems).toMatchObject([{ kind: 'damaged' }])
  const third = jobAt(3)
  again.put(third)
  await again.flush()
  expect((await open()).list()).toEqual([third, first])
})

it('keeps a damaged file aside, tells, and goes on with what can be read', async () => {
  const store = await open()
  const job = jobAt(1)
  store.put(job)
  await store.flush()
  const text = await readFile(file(), 'utf8')
  await writeFile(file(), `not JSON\n${text}{"key":"half"}\n`)

  const again = await open()
  expect(again.list()).toEqual([job])
  const [problem] = problems
  if (problem?.kind !== 'damaged') throw new Error('the damage was not told')
  expect(await readFile(problem.keptAs, 'utf8')).toContain('not JSON')
  again.put(jobAt(2))
  await again.flush()
  problems.length = 0
  expect((await open()).list()).toHaveLength(2)
  expect(problems).toEqual([])
})

it('starts where the file cannot be read at all', async () => {
  await mkdir(file())
  const store = await open()
  expect(store.list()).toEqual([])
  expect(problems).toMatchObject([{ kind: 'damaged' }])
  store.put(jobAt(1))
  await store.flush()
  expect((await open()).list()).toHaveLength(1)
})

it('says once that a full disk forgets, goes on, and says when it no longer does', async () => {
  const store = await open()
  store.put(jobAt(1))
  await store.flush()
  // Whatever is written to /dev/full is refused with ENOSPC, as by a full disk.
  await rm(file())
  await symlink('/dev/full', file())
  await symlink('/dev/full', `${file()}.new`)
  for (const at of [2, 3]) {
    store.put(jobAt(at))
    await store.flush()
    await symlink('/dev/full', `${file()}.new`).catch(() => {})
  }
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'ENOSPC' }])
  expect(store.list()).toHaveLength(3)

  await rm(`${file()}.new`, { force: true })
  await store.flush()
  expect(problems.at(-1)).toBeNull()
  expect((await open()).list()).toHaveLength(3)
})

it('makes a long file small again', async () => {
  const store = await open()
  const job = jobAt(1)
  for (let round = 0; round < 3000; round += 1) {
    store.put({ ...job, goneReads: round })
    if (round % 2 === 0) await store.flush()
  }
  await store.flush()
  const lines = (await readFile(file(), 'utf8')).split('\n').filter((line) => line !== '')
  expect(lines.length).toBeLessThan(2100)
  expect((await open()).get(job.key)?.goneReads).toBe(2999)
  expect(await readdir(folder)).toEqual(['jobs.ndjson'])
})

it('tells changes of one turn together', async () => {
  const store = await open()
  const seen: JobChanges[] = []
  const first = new Promise<void>((resolve) => {
    store.onChange((changes) => {
      seen.push(changes)
      resolve()
    })
  })
  const job = jobAt(1)
  store.put(job)
  store.put({ ...job, phase: 'queued' })
  await first
  expect(seen).toEqual([{ changed: [{ ...job, phase: 'queued' }], removed: [] }])
  await store.flush()
})
