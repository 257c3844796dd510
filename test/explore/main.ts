/** `npm run explore -- [--depth N] [--faults N] [--workflow parallel|queue] [--database sqlite|litedb] [--after-both] [--only FAULT,FAULT]`: docs/explore.md says what it does. */
import { bothStarted } from './both-started.ts'
import { BadOptions, readOptions } from './options.ts'
import { explore, type Found, replay, type Violation } from './search.ts'
import type { Database, WorkflowKind } from './server-model.ts'

/** One violation of each kind says enough. */
const mostViolations = 25

async function main(): Promise<number> {
  const { workflows, isAfterBoth, ...options } = readOptions(process.argv.slice(2))
  let violations = 0
  for (const workflow of workflows) {
    const began = performance.now()
    const found = await explore({
      ...options,
      after: isAfterBoth ? bothStarted[workflow] : [],
      workflow,
      mostViolations,
      onProgress: progress(),
    })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    for (const violation of found.violations) await tell(workflow, options.database, violation)
    const reach = found.isWhole ? 'every order' : 'not every order'
    console.log(
      `${workflow}: ${found.states} states, depth ${found.depth} (${reach}), at most ${options.mostFaults} faults, ${seconds} s, ${found.violations.length} violations`,
    )
    violations += found.violations.length
  }
  return violations === 0 ? 0 : 1
}

/** In a terminal the line counts on; in a file there is a line for each depth. */
function progress(): (found: Found) => void {
  let told = 0
  return ({ states, depth, violations }) => {
    const line = `${states} states, depth ${depth}, ${violations.length} violations`
    if (process.stderr.isTTY) process.stderr.write(`\r${line} `)
    else if (depth !== told) process.stderr.write(`${line}\n`)
    told = depth
  }
}

/** A violation as a test that fails. */
async function tell(workflow: WorkflowKind, database: Database, { what, trace }: Violation): Promise<void> {
  const rest = await replay(workflow, trace, database)
  console.log(`\nVIOLATION ${what}`)
  console.log(`  expect((await replay('${workflow}', [`)
  for (const name of trace) console.log(`    ${JSON.stringify(name)},`)
  console.log(`  ]${database === 'sqlite' ? '' : `, '${database}'`})).wrong).toEqual([])`)
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
    `explore: ${error.message}\nusage: npm run explore -- [--depth N] [--faults N] [--workflow parallel|queue] [--database sqlite|litedb] [--after-both] [--only FAULT,FAULT]`,
  )
  process.exitCode = 2
}
