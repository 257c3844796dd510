import type { JudgedDay } from './chaos.ts'
import type { Totals } from './totals.ts'

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 3 : 0)} s`

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([kind, count]) => `${kind}: ${count}`)
    .join(', ')

/** The figures of a run as a person reads them. */
export function totalsText(totals: Totals): string {
  const { latencyMs, faults, virtualMs, wallMs } = totals
  const rows: readonly (readonly [string, string | number])[] = [
    ['seed', totals.seed],
    ['jobs', totals.jobs],
    ['told', totals.told],
    ['lost', totals.lost],
    ['refused, forgotten', totals.refused],
    ['wrong', totals.wrong],
    ['duplicated', totals.duplicated],
    ['late', totals.late],
    ['outages told badly', totals.outage],
    ['hammered', totals.hammered],
    ['unknown', totals.unknown],
    ['hidden', 'because … and told as'],
    ...Object.entries(totals.hidden).map(([why, told]) => [`  ${why}`, list(told)] as const),
    ['outages told', totals.outagesTold],
    ['strangers asked', totals.strangersAsked],
    ['corrected', totals.corrected],
    ['taken from others', totals.others],
    ['told of others', totals.watched],
    ['uncaught errors', totals.errors],
    [
      'latency',
      `p50 ${seconds(latencyMs.p50)}, p99 ${seconds(latencyMs.p99)}, max ${seconds(latencyMs.max)}`,
    ],
    ['faults', list(faults)],
    ['virtual time', `${(virtualMs / 3_600_000).toFixed(1)} h`],
    ['wall time', seconds(wallMs)],
  ]
  return rows.map(([name, value]) => `${name.padEnd(20)} ${value}`).join('\n')
}

/** What went wrong on a day, one paragraph each, with what is needed to see why. Empty on a good day. */
export function faultsText({ number, record, verdict }: JudgedDay): string {
  const starts = verdict.starts.flatMap(({ faults, why, tellings, job, truth }) => {
    if (faults.length === 0) return []
    const told = tellings.map(({ outcome, at }) => `${outcome} at ${at}`).join(', ')
    const evidence = job?.evidence.map(({ at, kind, detail = '' }) => `  ${at} ${kind} ${detail}`) ?? []
    return [
      `day ${number}: ${faults.join(', ')}: ${job?.workflowName ?? 'a job'}: ${why}`,
      `  told: ${told}; truth: ${JSON.stringify(truth)}`,
      ...evidence,
    ].join('\n')
  })
  const others = verdict.others.map(({ kind, what, detail }) => `day ${number}: ${kind}: ${what}: ${detail}`)
  if (starts.length + others.length === 0) return ''
  const disturbances = record.disturbances.map(
    ({ kind, server, from, to }) => `${kind}${server === null ? '' : ` of ${server}`} ${from} to ${to}`,
  )
  return [...starts, ...others, `  what was wrong that day: ${disturbances.join(', ')}`].join('\n')
}
