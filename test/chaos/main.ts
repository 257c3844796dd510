/** `npm run chaos -- --jobs 10000 --seed 1 [--json FILE] [--day N] [--servers N] [--without KINDS] [--no-shrink]`: docs/chaos.md says what it does. */
import { writeFileSync } from 'node:fs'
import { asTest } from './as-test.ts'
import { type JudgedDay, runChaos } from './chaos.ts'
import { BadOptions, readOptions } from './options.ts'
import { faultsText, totalsText } from './report.ts'
import { faultKinds, shrink } from './shrink.ts'
import { isClean, Tally } from './totals.ts'

const jobsOfDay = 200
/** The first days that go wrong are made smaller, each for so long, in milliseconds. */
const mostShrunk = 3
const shrinkWithinMs = 60_000

async function main(): Promise<number> {
  const { json, shrinks, ...options } = readOptions(process.argv.slice(2))
  const tally = new Tally()
  let errors = 0
  const onError = (error: unknown): void => {
    errors += 1
    console.error('uncaught:', error)
  }
  // Whoever read this has gone, as `head` does: to say so would fail again, and for ever.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => process.exit(2))
  process.on('unhandledRejection', onError)
  process.on('uncaughtException', onError)
  const began = performance.now()
  const bad: Pick<JudgedDay, 'number' | 'plan' | 'verdict'>[] = []
  await runChaos({ ...options, jobsOfDay }, (day) => {
    tally.add(day)
    const text = faultsText(day)
    if (text === '') return
    console.log(`${text}\n`)
    bad.push({ number: day.number, plan: day.plan, verdict: day.verdict })
  })
  const totals = tally.totals(options.seed, errors, performance.now() - began)
  console.log(totalsText(totals))
  for (const { number, plan, verdict } of shrinks ? bad.slice(0, mostShrunk) : []) {
    const shrunk = await shrink(plan, faultKinds(verdict), { withinMs: shrinkWithinMs })
    console.log(`\nday ${number}, made smaller in ${shrunk.days} runs:\n\n${asTest(shrunk)}`)
  }
  if (json !== null) writeFileSync(json, `${JSON.stringify(totals, null, 2)}\n`)
  return isClean(totals) ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof BadOptions)) throw error
  console.error(
    `chaos: ${error.message}\nusage: npm run chaos -- --jobs 10000 --seed 1 [--json FILE] [--day N] [--servers N] [--without KINDS] [--no-shrink]`,
  )
  process.exitCode = 2
}
