import { parseArgs } from 'node:util'
import type { Database, WorkflowKind } from './server-model.ts'
import { type FaultKind, faults } from './world.ts'

/** What `npm run explore` was asked for. */
interface Wanted {
  readonly depth: number
  readonly mostFaults: number
  readonly workflows: readonly WorkflowKind[]
  readonly database: Database
  /** Whether both starts were made and answered before the orders begin. */
  readonly isAfterBoth: boolean
  readonly faults: readonly FaultKind[]
}

/** A command line that can't be understood; the message says what is wrong with it. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions'
}

/** Reads the command line. Throws `BadOptions`. */
export function readOptions(args: readonly string[]): Wanted {
  const { depth, faults: most, workflow, database, only, 'after-both': afterBoth } = parsed(args)
  return {
    depth: wholeNumber('depth', depth),
    mostFaults: wholeNumber('faults', most),
    workflows: workflow === undefined ? ['parallel', 'queue'] : [workflowKind(workflow)],
    database: databaseOf(database),
    isAfterBoth: afterBoth,
    faults: only === undefined ? faults : faultsOf(only),
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        depth: { type: 'string', default: '7' },
        faults: { type: 'string', default: '2' },
        workflow: { type: 'string' },
        database: { type: 'string', default: 'sqlite' },
        'after-both': { type: 'boolean', default: false },
        only: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new BadOptions(error instanceof Error ? error.message : String(error))
  }
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,3}$/u.test(text)) return Number(text)
  throw new BadOptions(`--${name} must be a whole number, not “${text}”`)
}

function workflowKind(text: string): WorkflowKind {
  if (text === 'parallel' || text === 'queue') return text
  throw new BadOptions(`--workflow must be parallel or queue, not “${text}”`)
}

function databaseOf(text: string): Database {
  if (text === 'sqlite' || text === 'litedb') return text
  throw new BadOptions(`--database must be sqlite or litedb, not “${text}”`)
}

function faultsOf(text: string): FaultKind[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !faults.some((fault) => fault === name))
  if (unknown !== undefined) throw new BadOptions(`--only knows ${faults.join(', ')}, and not “${unknown}”`)
  return faults.filter((fault) => names.includes(fault))
}
