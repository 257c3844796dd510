import { parseArgs } from 'node:util'
import type { ChaosOptions } from './chaos.ts'
import { computerIncidentKinds, type IncidentKind, serverIncidentKinds } from './day-plan.ts'
import { mostServers } from './plan.ts'
import { type WeatherKind, weatherKinds } from './weather.ts'

/** What `npm run chaos` was asked for. */
interface Wanted extends Omit<ChaosOptions, 'jobsOfDay'> {
  /** Where the figures are written; null: nowhere. */
  readonly json: string | null
  /** Whether days that went wrong are made smaller, and printed as tests. */
  readonly shrinks: boolean
}

const faultKinds = [...weatherKinds, ...serverIncidentKinds, ...computerIncidentKinds]

/** A command line that can't be understood; the message says what is wrong with it. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions'
}

/** Reads the command line. Throws `BadOptions`. */
export function readOptions(args: readonly string[]): Wanted {
  const { jobs, seed, day, servers, without, json, 'no-shrink': noShrink } = parsed(args)
  return {
    jobs: wholeNumber('jobs', jobs, 1),
    seed: wholeNumber('seed', seed, 0),
    day: day === undefined ? null : wholeNumber('day', day, 1),
    limits: {
      mostServers: wholeNumber('servers', servers, 1),
      without: new Set(without === '' ? [] : without.split(',').map(faultKind)),
    },
    json: json ?? null,
    shrinks: noShrink !== true,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        jobs: { type: 'string', default: '10000' },
        seed: { type: 'string', default: '1' },
        day: { type: 'string' },
        servers: { type: 'string', default: String(mostServers) },
        without: { type: 'string', default: '' },
        json: { type: 'string' },
        'no-shrink': { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new BadOptions(error instanceof Error ? error.message : String(error))
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number
  throw new BadOptions(`--${name} must be a whole number from ${least}, not “${text}”`)
}

function faultKind(text: string): WeatherKind | IncidentKind {
  const kind = faultKinds.find((one) => one === text)
  if (kind !== undefined) return kind
  throw new BadOptions(`--without: “${text}” is none of ${faultKinds.join(', ')}`)
}
