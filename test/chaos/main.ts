/** `npm run chaos -- --jobs 10000 --seed 1 [--json FILE]`: docs/chaos.md says what it does and what its figures mean. */
import { runChaos } from './chaos.ts'
const [jobs, seed, day] = process.argv.slice(2).map(Number)
const began = performance.now()
let n = 0
process.on('unhandledRejection', (e) => {
  console.error('UNHANDLED', e)
  process.exitCode = 1
})
await runChaos({ jobs: jobs ?? 200, seed: seed ?? 1, day: day ?? null }, ({ number, record, verdicts }) => {
  n += verdicts.length
  const bad = verdicts.filter((v) => v.faults.length > 0)
  const lat = verdicts
    .flatMap((v) =>
      v.observableAt === null || v.tellings.length === 0
        ? []
        : [(v.tellings.find((x) => x.outcome === v.tellings.at(-1)?.outcome)?.at ?? 0) - v.observableAt],
    )
    .sort((a, b) => a - b)
  console.log(
    `day ${number}: ${verdicts.length} unknown ${verdicts.filter((v) => v.isUnknown).length} others ${verdicts.filter((v) => v.isOthers).length} corrected ${verdicts.filter((v) => v.isCorrected).length} p50 ${lat[lat.length >> 1]} p99 ${lat[Math.floor(lat.length * 0.99)]} max ${lat.at(-1)} bad ${bad.length}; ${record.virtualMs / 1000} s`,
    [...new Set(record.disturbances.map((d) => d.kind))].join(' '),
  )
  const slow = verdicts.filter(
    (v) =>
      v.observableAt !== null &&
      v.faults.length === 0 &&
      (v.tellings.find((x) => x.outcome === v.tellings.at(-1)?.outcome)?.at ?? 0) - v.observableAt >
        Number(process.env['SLOW'] ?? 1e9),
  )
  for (const v of [...bad.slice(0, 3), ...slow.slice(0, 4)]) {
    console.log(
      v.faults,
      v.why,
      v.key,
      v.tellings.map((t) => `${t.outcome}@${t.at % 1e7}`).join(' '),
      v.truth && { ...v.truth, acceptedAt: v.truth.acceptedAt % 1e7, endedAt: (v.truth.endedAt ?? 0) % 1e7 },
      record.sim.startTruth(v.key),
    )
    console.log(
      record.disturbances
        .filter((d) => v.job && d.to > v.job.requestedAt && d.from < (v.tellings.at(-1)?.at ?? 9e15))
        .map((d) => `${d.kind} ${d.from % 1e7}-${d.to % 1e7}`)
        .join(', '),
    )
    if (v.job) {
      const { evidence, ...rest } = v.job
      if (day) console.log(rest)
      console.log(
        v.job.workflowName,
        v.job.phase,
        v.job.outcome,
        evidence.map((e) => `${e.at % 1e7} ${e.kind} ${e.detail ?? ''}`).join('; '),
      )
    }
  }
})
console.log(n, 'jobs', Math.round(performance.now() - began), 'ms')
