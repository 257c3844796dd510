/** `npm run explore -- [--depth N] [--faults N] [--workflow parallel|queue] [--only FAULT,FAULT]`: docs/explore.md says what it does. */
import { BadOptions, readOptions } from './options.ts'
import { explore, type Found, replay, type Violation } from './search.ts'
import type { WorkflowKind } from './server-model.ts'

/** One violation of each kind says enough. */
const mostViolations = 25

async function main(): Promise<number> {
  const { workflows, ...options } = readOptions(process.argv.slice(2))
  let violations = 0
  for (const workflow of workflows) {
    const began = performance.now()
    const found = await explore({ ...options, workflow, mostViolations, onProgress: tellProgress })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    for (const violation of found.violations) await tell(workflow, violation)
    const reach = found.isWhole ? 'every order' : 'not every order'
    console.log(
      `${workflow}: ${found.states} states, depth ${found.depth} (${reach}), at most ${options.mostFaults} faults, ${seconds} s, ${found.violations.length} violations`,
    )
    violations += found.violations.length
  }
  return violations === 0 ? 0 : 1
}

function tellProgress({ states, depth, violations }: Found): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${states} states, depth ${depth}, ${violations.length} violations `)
}

/** A violation as a test that fails. */
async function tell(workflow: WorkflowKind, { what, trace }: Violation): Promise<void> {
  const rest = await replay(workflow, trace)
  console.log(`\nVIOLATION ${what}`)
  console.log(`  expect((await replay('${workflow}', [`)
  for (const name of trace) console.log(`    ${JSON.stringify(name)},`)
  console.log('  ])).wrong).toEqual([])')
  console.log('  what follows, where nothing more goes wrong:')
  for (const line of rest.trace.slice(0, 40)) console.log(`    ${line}`)
  if (rest.trace.length > 40) console.log(`    and ${rest.trace.length - 40} more`)
  console.log(`  in the end: ${rest.wrong.join('; ')}\n`)
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof BadOptions)) throw error
  console.error(
    `explore: ${error.message}\nusage: npm run explore -- [--depth N] [--faults N] [--workflow parallel|queue] [--only FAULT,FAULT]`,
  )
  process.exitCode = 2
}
