import { cleanText } from '../../shared/clean-text.ts'
import { longestDeepLink } from '../../shared/deep-link.ts'
import { longestValue, mostVariables } from '../../shared/variable-limits.ts'
import { type PlainVariable, plainVariableSchema } from '../../shared/variables.ts'

/** What a deep link asks for. Any web page can make one: it is never more than a wish to be shown something. */
export type DeepLink =
  | {
      readonly kind: 'start'
      /** A server's name, or the host of its address. */
      readonly server: string
      /** A workflow's id or name. */
      readonly workflow: string
      readonly variables: readonly PlainVariable[]
    }
  | { readonly kind: 'job'; readonly key: string }

/** Characters of a server's or workflow's name, or of a job's key. */
const longestPart = 200

/**
 * Reads `wexflow-tray://start/<server>/<workflow>?name=value` and `wexflow-tray://job/<key>`, encoded as in any address
 * (a space in the query may be a `+`). Null for everything else, also for a link that says more than that, says a variable
 * twice, or hides something: control characters and marks that turn the direction of text make it look like another one.
 */
export function parseDeepLink(address: string): DeepLink | null {
  if (!isClean(address, longestDeepLink) || !URL.canParse(address)) return null
  const url = new URL(address)
  const { protocol, username, password, port, hash, search, searchParams } = url
  if (protocol !== 'wexflow-tray:' || username !== '' || password !== '' || port !== '' || hash !== '')
    return null
  const parts = partsOf(url.pathname)
  if (parts === null) return null
  const [first, second] = parts
  switch (`${url.host.toLowerCase()} ${parts.length}`) {
    case 'start 2': {
      const variables = variablesOf(searchParams)
      if (first === undefined || second === undefined || variables === null) return null
      return { kind: 'start', server: first, workflow: second, variables }
    }
    case 'job 1':
      return first === undefined || search !== '' ? null : { kind: 'job', key: first }
    default:
      return null
  }
}

const isClean = (text: string, most: number): boolean => cleanText(text, most) === text

/** The parts of the path, decoded; null where one of them says nothing or can't be read. */
function partsOf(pathname: string): string[] | null {
  try {
    const parts = pathname
      .replace(/^\//u, '')
      .replace(/\/$/u, '')
      .split('/')
      .map((part) => decodeURIComponent(part))
    return parts.every((part) => part !== '' && isClean(part, longestPart)) ? parts : null
  } catch {
    return null
  }
}

/** The variables; null where one of them can't be sent as it is. */
function variablesOf(query: URLSearchParams): PlainVariable[] | null {
  const variables = Array.from(query, ([name, value]) => ({ name, value }))
  const names = new Set(variables.map(({ name }) => name))
  const areSendable = variables.every(
    (variable) => plainVariableSchema.safeParse(variable).success && isClean(variable.value, longestValue),
  )
  return areSendable && names.size === variables.length && variables.length <= mostVariables
    ? variables
    : null
}
