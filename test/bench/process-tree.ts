import { readdirSync, readFileSync } from 'node:fs'

/** What a process and all that it started take from the machine. Linux. */

/** A process may end between two reads. */
const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The fields of /proc/PID/stat after the command's name, which may hold anything. */
const statFields = (pid: number): readonly string[] => {
  const stat = read(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** The process and its descendants that live now. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const parent = Number(statFields(pid)[1])
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

const sum = (pids: readonly number[], of: (pid: number) => number): number =>
  pids.reduce((total, pid) => total + of(pid), 0)

/** All numbers in kB that stand behind one of these names. */
const kilobytes = (text: string, names: RegExp): number =>
  [...text.matchAll(names)].reduce((total, [, amount]) => total + Number(amount), 0)

const rollup = (pid: number): string => read(`/proc/${pid}/smaps_rollup`)

export interface Memory {
  /** Memory of its own and its share of what is shared, in MB. */
  readonly pssMb: number
  /** What would be free if it ended, in MB. */
  readonly privateMb: number
  readonly processes: number
}

export function memoryOf(root: number): Memory {
  const pids = processTree(root)
  return {
    pssMb: sum(pids, (pid) => kilobytes(rollup(pid), /^Pss:\s+(\d+) kB/gm)) / 1024,
    privateMb: sum(pids, (pid) => kilobytes(rollup(pid), /^Private_\w+:\s+(\d+) kB/gm)) / 1024,
    processes: pids.length,
  }
}

export interface Activity {
  /** CPU time so far, of user and kernel, in milliseconds. */
  readonly cpuMs: number
  /** How often a thread went to sleep so far, and so was woken. */
  readonly sleeps: number
}

export function activityOf(root: number): Activity {
  const pids = processTree(root)
  return {
    cpuMs: sum(pids, (pid) => sumOfThreads(pid, cpuMsOf)),
    sleeps: sum(pids, (pid) => sumOfThreads(pid, sleepsOf)),
  }
}

function sumOfThreads(pid: number, of: (folder: string) => number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce(
      (total, thread) => total + of(`/proc/${pid}/task/${thread}`),
      0,
    )
  } catch {
    return 0
  }
}

/** The scheduler counts nanoseconds; `stat` has ticks of 10 ms, of which an idle process has none. */
const cpuMsOf = (folder: string): number => Number(read(`${folder}/schedstat`).split(' ')[0]) / 1e6

const sleepsOf = (folder: string): number =>
  Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(read(`${folder}/status`))?.[1] ?? 0)
