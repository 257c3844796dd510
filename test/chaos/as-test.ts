import type { Shrunk } from './shrink.ts'

/** A value as it stands in TypeScript; only what a plan is made of. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${literal(field)}`)
  return `{ ${fields.join(', ')} }`
}

/** A day as the source of a test that fails as the day does: to be pasted, named and formatted. */
export function asTest({ plan, faults }: Shrunk): string {
  const fields = Object.entries(plan).map(([name, value]) => {
    if (!Array.isArray(value) || value.length === 0) return `    ${name}: ${literal(value)},`
    return [`    ${name}: [`, ...value.map((item) => `      ${literal(item)},`), '    ],'].join('\n')
  })
  return [
    "import { expect, it } from 'vitest'",
    "import { judgedDay } from '../../chaos/chaos.ts'",
    "import { faultsText } from '../../chaos/report.ts'",
    '',
    `it(${literal(`not ${faults.join('; ')}`)}, async () => {`,
    '  const day = await judgedDay({',
    ...fields,
    '  })',
    "  expect(faultsText(day)).toBe('')",
    '})',
  ].join('\n')
}
