import { z } from 'zod'
import type { Call } from './call.ts'
import { jsonAnswer, notPermitted, type SimAnswer, serverError, textAnswer } from './requests.ts'
import { maySee } from './users.ts'
import { userInfo } from './wire.ts'

const loginTakesMs = 60
const dayMs = 86_400_000

const loginBody = z.object({
  username: z.string(),
  password: z.string(),
  stayConnected: z.boolean().default(false),
})

const startBody = z.object({
  WorkflowId: z.number(),
  Variables: z.array(z.object({ Name: z.string(), Value: z.string() })),
})

export function login({ body, users, tokens, faults }: Call): SimAnswer {
  const parsed = loginBody.safeParse(jsonOf(body))
  if (!parsed.success) return serverError
  const { username, password, stayConnected } = parsed.data
  const user = users.find((one) => one.username === username && one.password === password)
  if (!user) return textAnswer('', 401, loginTakesMs)
  const lifetimeMs = stayConnected ? null : faults.delay('tokenLifetimeMs')
  const token = tokens.issue(username, lifetimeMs)
  const expires = new Date(Date.now() + (lifetimeMs ?? 365 * dayMs)).toUTCString()
  const answer = jsonAnswer({ access_token: token }, 200, loginTakesMs)
  const cookie = `wf-auth=${token}; expires=${expires}; path=/; samesite=lax; httponly`
  return { ...answer, headers: { ...answer.headers, 'Set-Cookie': cookie } }
}

export function validateUser({ query, users, time }: Call): SimAnswer {
  const place = users.findIndex((user) => user.username === query.get('username'))
  const user = users[place]
  return jsonAnswer(user ? userInfo(user, place + 1, time) : null)
}

/** As `start`, but an unknown workflow breaks the server. */
export function startWithVariables(call: Call): SimAnswer {
  const parsed = startBody.safeParse(jsonOf(call.body))
  if (!parsed.success) return serverError
  if (call.user.profile === 'restricted') return notPermitted
  const found = call.workflows.find(({ workflow }) => workflow.id === parsed.data.WorkflowId)
  if (!found) return serverError
  const variables = Object.fromEntries(parsed.data.Variables.map(({ Name, Value }) => [Name, Value]))
  return maySee(call.user, found.workflow) ? jsonAnswer(call.start(found.workflow, variables)) : notPermitted
}

/** What a body holds; undefined for what is no JSON. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
