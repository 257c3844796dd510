import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { root } from '../../scripts/steps.ts'

/** On what and of what the figures are, for whoever compares them. */
export interface Machine {
  readonly at: string
  readonly commit: string
  readonly processor: string
  readonly cores: number
  readonly memoryGb: number
  readonly kernel: string
  readonly node: string
  /** The load average of the last minute before the run: above a half, figures are noisy. */
  readonly loadBefore: number
}

const describedCommit = (): string => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}

/** The same in one line, to stand above the tables. */
export const machineText = ({ at, commit, processor, cores, kernel, node, loadBefore }: Machine): string =>
  `Commit ${commit}, ${at.slice(0, 10)}, Node ${node.slice(1)}, Linux ${kernel}, ${cores} cores of ${processor}, load ${loadBefore.toFixed(1)} before`

export const thisMachine = (): Machine => ({
  at: new Date().toISOString(),
  commit: describedCommit(),
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  node: process.version,
  loadBefore: loadavg()[0] ?? Number.NaN,
})
