/**
 * Makes a recorded and a simulated answer comparable: what no two servers share (ids, times, counts) becomes a mark
 * of its type, everything else stays, with the order of the fields.
 */

const guidPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const noJobId = '00000000-0000-0000-0000-000000000000'

const logTime = /^[\d-]{10} [\d:.]{12} /

const differing = new Set([
  'DbId',
  'StartedOn',
  'StatusDate',
  'CreatedOn',
  'AssignedOn',
  'access_token',
  'IsExecutionGraphEmpty',
])

/** Parses what is JSON; an empty or bare text stays what it is. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export function comparable(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => comparable(item))
  if (typeof value === 'object' && value !== null) {
    const isCounts = 'PendingCount' in value
    return Object.entries(value).map(([name, inner]) => [
      name,
      isCounts && name === 'Id' ? '<run>' : comparable(inner, name),
    ])
  }
  if (differing.has(key)) return `<${typeof value}>`
  if (key.endsWith('Count') && key !== 'RetryCount') return '<count>'
  if (key === 'Id' && typeof value === 'string') return '<id>'
  // A bare number counts records, or is a time.
  if (typeof value === 'number' && key === '') return '<number>'
  if (typeof value !== 'string') return value
  if (value.startsWith('<Workflow ')) return definitionForm(value)
  return logTime.test(value) ? logMark(value) : value.replace(guidPattern, guidMark)
}

function guidMark(guid: string): string {
  return guid === noJobId ? noJobId : '<guid>'
}

/** A definition is kept as its author wrote it: the space between its elements is nobody's business. */
function definitionForm(xml: string): string {
  return xml.trim().replaceAll(/>\s+</g, '><').replace('<LocalVariables></LocalVariables>', '')
}

/** Of a log the form of its first line counts, and whether there are others. */
function logMark(log: string): string {
  const [first = '', ...others] = log.split('\r\n')
  const form = first
    .replace(guidPattern, '<guid>')
    .replace(logTime, '<time>')
    .replace(/\/ \d+\]/, '/ n]')
  return `${form}${others.length > 0 ? ' …' : ''}`
}

/** Notes which ids of the recording stand for which of the simulation, wherever both sit at the same place. */
export function matchIds(recorded: unknown, simulated: unknown, ids: Map<string, string>, key = ''): void {
  if (
    typeof recorded === 'object' &&
    recorded !== null &&
    typeof simulated === 'object' &&
    simulated !== null
  ) {
    const counterparts = new Map(Object.entries(simulated))
    for (const [name, inner] of Object.entries(recorded)) matchIds(inner, counterparts.get(name), ids, name)
    return
  }
  if (typeof recorded !== 'string' || typeof simulated !== 'string' || recorded === noJobId) return
  const isId = key === 'Id' || new RegExp(`^${guidPattern.source}$`).test(recorded)
  if (isId && !ids.has(recorded)) ids.set(recorded, simulated)
}
