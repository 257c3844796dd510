import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DiskJournalFile, type JournalFile } from '../../../src/main/job-store/journal-file.ts'
import { newJob } from '../../../src/main/tracking/new-job.ts'
import type { JournalProblem } from '../../../src/main/job-store/journaled-map.ts'
import { type JobChanges, JobStore } from '../../../src/main/job-store/store.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { endWith, runWith } from '../job.ts'
import { faultsOfThisTest } from '../faults.ts'
import { MemoryDisk } from './memory-journal.ts'
import { whileNoFileExceeds } from '../largest-file.ts'

let folder: string
/** Keys of the jobs whose end is still to be told. */
let untold: Set<string>
let problems: (JournalProblem | null)[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-store-'))
  problems = []
  untold = new Set()
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true })
})

const file = (): string => path.join(folder, 'jobs.ndjson')
const open = (keep = 1000, journal: JournalFile = new DiskJournalFile(file())): Promise<JobStore> =>
  JobStore.open({
    file: journal,
    keep: () => keep,
    mayForget: ({ key }) => !untold.has(key),
    onProblem: (problem) => problems.push(problem),
  })
const jobAt = (requestedAt: number): Job =>
  newJob('server', { id: 1, name: 'Import', isApproval: false }, requestedAt)
const endedAt = (at: number): Job => ({
  ...jobAt(at),
  end: endWith('notStarted', { from: 'inferred', reason: 'refused', endedAt: at }),
})
const othersAt = (at: number): Job => {
  const job = endedAt(at)
  return { ...job, start: { ...job.start, answer: { kind: 'elsewhere', at, launchType: 'trigger' } } }
}

const notExpected = (): Promise<never> => Promise.reject(new Error('not expected'))

it('remembers across a restart, newest request first', async () => {
  const store = await open()
  const [older, newer] = [jobAt(1), jobAt(2)]
  store.put(older)
  store.put(newer)
  store.put({ ...older, run: runWith() })
  await store.flush()
  expect((await open()).list()).toEqual([newer, { ...older, run: runWith() }])
  expect(problems).toEqual([])
})

it('keeps the ended jobs that are wanted, and every job in flight', async () => {
  const store = await open(2)
  const inFlight = { ...jobAt(0), run: runWith() }
  const jobs = [1, 2, 3, 4].map(endedAt)
  const changes = new Promise<JobChanges>((resolve) => store.onChange(resolve))
  for (const job of [inFlight, ...jobs]) store.put(job)
  expect((await changes).removed).toEqual([jobs[1]?.key, jobs[0]?.key])
  expect(store.list().map(({ start }) => start.requestedAt)).toEqual([4, 3, 0])
  await store.flush()
})

it('keeps the ended jobs that a start without a job id could be taken for', async () => {
  const store = await open(2)
  const lost = jobAt(0)
  const jobs = [1, 2, 3, 4].map(endedAt)
  const elsewhere = { ...endedAt(1), workflowId: 2 }
  for (const job of [lost, elsewhere, ...jobs]) store.put(job)
  store.prune()
  expect(store.list()).toHaveLength(5)
  store.put({ ...lost, run: runWith() })
  store.prune()
  expect(store.list()).toHaveLength(3)
  expect(store.get(elsewhere.key)).toBeUndefined()
  await store.flush()
})

it('keeps every end that is still to be told, and drops it once it was', async () => {
  const store = await open(1)
  const jobs = [1, 2, 3].map(endedAt)
  untold = new Set(jobs.map(({ key }) => key))
  const oncePut = new Promise<JobChanges>((resolve) => store.onChange(resolve))
  for (const job of jobs) store.put(job)
  expect((await oncePut).removed).toEqual([])
  const onceTold = new Promise<JobChanges>((resolve) => store.onChange(resolve))
  for (const { key } of jobs.slice(1)) untold.delete(key)
  store.prune()
  expect((await onceTold).removed).toEqual([jobs[1]?.key])
  expect(store.list().map(({ start }) => start.requestedAt)).toEqual([3, 1])
  await store.flush()
})

it('keeps for a day what was told as unknown and may yet be corrected', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const store = await open(0)
  const unknown: Job = {
    ...jobAt(1),
    run: runWith(),
    end: endWith('unknown', { from: 'inferred', reason: 'notRecorded', endedAt: Date.now() }),
  }
  store.put(unknown)
  store.prune()
  expect(store.all()).toEqual([unknown])
  vi.setSystemTime(Date.now() + 25 * 3_600_000)
  store.prune()
  expect(store.all()).toEqual([])
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

it.each(['folder', 'pipe'])('a %s in the place of the file holds nobody, and is told', async (what) => {
  await (what === 'folder' ? mkdir(file()) : promisify(execFile)('mkfifo', [file()]))
  const store = await open()
  store.put(jobAt(1))
  await store.flush()
  expect(problems).toMatchObject([{ kind: 'damaged' }])
  expect((await open()).list()).toHaveLength(1)
})

it('a pipe in the place of the file while the app runs refuses, and holds nobody', async () => {
  const store = await open()
  store.put(jobAt(1))
  await store.flush()
  await rm(file())
  await promisify(execFile)('mkfifo', [file()])
  store.put(jobAt(2))
  await store.flush()
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'ENXIO' }])
})

it('a mark of the byte order before the first job costs nothing', async () => {
  const store = await open()
  store.put(jobAt(1))
  await store.flush()
  await writeFile(file(), `\uFEFF${await readFile(file(), 'utf8')}`)
  expect((await open()).list()).toHaveLength(1)
  expect(problems).toEqual([])
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
  await rename(file(), `${file()}.before`)
  await symlink('/dev/full', file())
  for (const at of [2, 3]) {
    store.put(jobAt(at))
    await store.flush()
  }
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'ENOSPC' }])
  expect(store.list()).toHaveLength(3)

  await rename(`${file()}.before`, file())
  await store.flush()
  expect(problems.at(-1)).toBeNull()
  expect((await open()).list()).toHaveLength(3)
})

it('tries a disk that refused again after half a minute, however often jobs change meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const append = vi.fn<JournalFile['append']>(() => Promise.reject(new Error('no room')))
  const store = await open(1000, {
    read: async () => '\n',
    append,
    replace: notExpected,
    keepAside: notExpected,
  })
  for (let seconds = 0; seconds <= 60; seconds += 10) {
    store.put(jobAt(seconds))
    await vi.advanceTimersByTimeAsync(10_000)
  }
  // At the first change, after 30 and after 60 seconds.
  expect(append).toHaveBeenCalledTimes(3)
  append.mockResolvedValue()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'unknown' }, null])
})

it('leaves nothing in the file of what the disk took only in part', async () => {
  const store = await open()
  const [first, second] = [jobAt(1), jobAt(2)]
  store.put(first)
  await store.flush()
  const { size } = await stat(file())
  store.put(second)
  await whileNoFileExceeds(size + 100, () => store.flush())
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'EFBIG' }])
  expect((await open()).list()).toEqual([first])
  await store.flush()
  expect((await open()).list()).toEqual([second, first])
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'EFBIG' }, null])
})

it('uses a damaged file that there is no room to copy, and writes over it only once there is a copy', async () => {
  const store = await open()
  const [first, second] = [jobAt(1), jobAt(2)]
  store.put(first)
  await store.flush()
  const damaged = `not JSON\n${await readFile(file(), 'utf8')}`
  await writeFile(file(), damaged)

  const again = await whileNoFileExceeds(100, () => open())
  expect(again.list()).toEqual([first])
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'EFBIG' }])
  expect(await readdir(folder)).toEqual(['jobs.ndjson'])
  again.put(second)
  await again.flush()
  expect(await readFile(file(), 'utf8')).toContain(damaged)
  expect(problems.at(-1)).toBeNull()
  await again.flush()
  const problem = problems.at(-1)
  if (problem?.kind !== 'damaged') throw new Error('the damage was not told')
  expect(await readFile(problem.keptAs, 'utf8')).toContain(damaged)
  expect((await open()).list()).toEqual([second, first])
  expect(problems.at(-1)).toBe(problem)
})

it('makes a long file small again', async () => {
  const store = await open()
  const job = jobAt(1)
  for (let round = 0; round < 3000; round += 1) {
    store.put({ ...job, restartedAt: round })
    if (round % 2 === 0) await store.flush()
  }
  await store.flush()
  const lines = (await readFile(file(), 'utf8')).split('\n').filter((line) => line !== '')
  expect(lines.length).toBeLessThan(2100)
  expect((await open()).get(job.key)?.restartedAt).toBe(2999)
  expect(await readdir(folder)).toEqual(['jobs.ndjson'])
})

it('neither writes nor tells what says nothing new', async () => {
  const store = await open()
  const job = jobAt(1)
  store.put(job)
  await store.flush()
  const written = await readFile(file(), 'utf8')
  const heard = new Promise<JobChanges>((resolve) => store.onChange(resolve))
  store.put({ ...job, evidence: [...job.evidence] })
  await store.flush()
  expect(await readFile(file(), 'utf8')).toBe(written)
  const another = jobAt(2)
  store.put(another)
  expect(await heard).toEqual({ changed: [another], removed: [] })
  await store.flush()
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
  store.put({ ...job, run: runWith() })
  await first
  expect(seen).toEqual([{ changed: [{ ...job, run: runWith() }], removed: [] }])
  await store.flush()
})

it('tells the others what one listener throws at, and writes it', async () => {
  const faults = faultsOfThisTest()
  const fault = new TypeError('Object has been destroyed')
  const store = await open()
  store.onChange(() => {
    throw fault
  })
  const heard = new Promise<JobChanges>((resolve) => store.onChange(resolve))
  const job = jobAt(1)
  store.put(job)
  expect(await heard).toEqual({ changed: [job], removed: [] })
  await store.flush()
  expect((await open()).list()).toEqual([job])
  expect(faults).toEqual([fault])
})

it('removes what a person does not want any more, for good, and brings it back when asked', async () => {
  const store = await open()
  const [a, b, running] = [endedAt(1), endedAt(2), { ...jobAt(3), run: runWith() }]
  for (const job of [a, b, running]) store.put(job)
  await store.flush()
  expect(store.remove([a.key, b.key, running.key, 'unknown'])).toEqual([a, b])
  store.put(b)
  await store.flush()
  expect((await open()).list()).toEqual([running, b])
  expect(await readFile(file(), 'utf8')).not.toContain(a.key)
})

it('does not remove a job whose end is still to be told, nor one that a start without an id could be', async () => {
  const store = await open()
  const [told, lost] = [endedAt(5), jobAt(1)]
  untold.add(told.key)
  store.put(told)
  expect(store.remove([told.key])).toEqual([])
  untold.clear()
  store.put(lost)
  expect(store.remove([told.key])).toEqual([])
  expect(store.list()).toHaveLength(2)
})

it('forgets for good what is unwanted, also what is under way, and says so', async () => {
  const store = await open()
  const [kept, removed] = [jobAt(1), jobAt(2)]
  store.put(kept)
  store.put(removed)
  await store.flush()
  const changes: JobChanges[] = []
  store.onChange((change) => changes.push(change))
  store.forget([removed.key, 'unknown'])
  await new Promise(setImmediate)
  expect(changes).toEqual([{ changed: [], removed: [removed.key] }])
  await store.flush()
  expect((await open()).list()).toEqual([kept])
})

it('forgets for good what is unwanted while the file is being written anew', async () => {
  const disk = new DiskJournalFile(file())
  const unwanted: string[] = []
  const store = await open(1000, {
    read: () => disk.read(),
    append: (text) => disk.append(text),
    replace: (text) => {
      store.forget(unwanted)
      return disk.replace(text)
    },
    keepAside: (how, now) => disk.keepAside(how, now),
  })
  const [kept, early, late] = [endedAt(1), endedAt(2), endedAt(3)]
  for (const job of [kept, early, late]) store.put(job)
  await store.flush()
  unwanted.push(late.key)
  store.forget([early.key])
  await store.flush()
  await store.flush()
  expect((await open()).list()).toEqual([kept])
})

it('keeps as many watched runs as jobs of the person’s own, however many others begin', async () => {
  const store = await open(2)
  const answer = { kind: 'elsewhere', at: 0, launchType: 'trigger' } as const
  const own = [1, 2].map(endedAt)
  const watchedAt = (at: number): Job => ({ ...endedAt(at), start: { ...jobAt(at).start, answer } })
  const watched = [3, 4, 5, 6].map(watchedAt)
  for (const job of [...own, ...watched]) store.put(job)
  store.prune()
  expect(store.list().map(({ start }) => start.requestedAt)).toEqual([6, 5, 2, 1])
})

it('writes what is corrected of an ended job as soon as ever, also while a rewrite is due later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const disk = new MemoryDisk()
  const store = await open(1000, disk.open())
  const [kept, removed] = [endedAt(1), endedAt(2)]
  store.put(kept)
  store.put(removed)
  await store.flush()
  store.remove([removed.key])
  store.put({ ...kept, end: endWith('stopped') })
  await vi.advanceTimersByTimeAsync(1000)
  expect((await open(1000, disk.open())).get(kept.key)?.end?.outcome).toBe('stopped')
})

it('does not go through all jobs with each change where none is to go', async () => {
  const store = await open(2)
  for (const job of [endedAt(1), endedAt(2), endedAt(3), othersAt(1), othersAt(2), othersAt(3)])
    store.put(job)
  store.prune()
  expect(store.all()).toHaveLength(4)
  const all = vi.spyOn(store, 'all')
  const changed = new Promise((resolve) => store.onChange(resolve))
  store.put(jobAt(4))
  await changed
  expect(all).not.toHaveBeenCalled()
})
