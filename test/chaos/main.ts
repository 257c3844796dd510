/** `npm run chaos -- --jobs 10000 --seed 1 [--json FILE] [--day N]`: docs/chaos.md says what it does. */
import { writeFileSync } from 'node:fs'
import { runChaos } from './chaos.ts'
import { BadOptions, readOptions } from './options.ts'
import { faultsText, totalsText } from './report.ts'
import { isClean, Tally } from './totals.ts'

const jobsOfDay = 200

async function main(): Promise<number> {
  const { json, ...options } = readOptions(process.argv.slice(2))
  const tally = new Tally()
  let errors = 0
  const onError = (error: unknown): void => {
    errors += 1
    console.error('uncaught:', error)
  }
  process.on('unhandledRejection', onError)
  process.on('uncaughtException', onError)
  const began = performance.now()
  await runChaos({ ...options, jobsOfDay }, (day) => {
    tally.add(day)
    const text = faultsText(day)
    if (text !== '') console.log(`${text}\n`)
  })
  const totals = tally.totals(options.seed, errors, performance.now() - began)
  console.log(totalsText(totals))
  if (json !== null) writeFileSync(json, `${JSON.stringify(totals, null, 2)}\n`)
  return isClean(totals) ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof BadOptions)) throw error
  console.error(
    `chaos: ${error.message}\nusage: npm run chaos -- --jobs 10000 --seed 1 [--json FILE] [--day N]`,
  )
  process.exitCode = 2
}
