import { z } from 'zod'
import { jsonOf } from './body-routes.ts'
import type { Call } from './call.ts'
import { jsonAnswer, type SimAnswer, serverError, textAnswer } from './requests.ts'

const idsBody = z.array(z.string())

const isAdministrator = ({ user }: Call): boolean => user.profile !== 'restricted'

/** Whom a call is about; the server breaks where it has no such user. */
const addressee = ({ query, users }: Call): string | undefined =>
  users.find(({ username }) => username === query.get('a'))?.username

export function hasMessages(call: Call): SimAnswer {
  if (call.faults.happens('noMessages')) return textAnswer('', 404)
  if (!isAdministrator(call)) return jsonAnswer(false)
  const username = addressee(call)
  return username === undefined ? serverError : jsonAnswer(call.messages.hasUnread(username))
}

export function searchMessages(call: Call): SimAnswer {
  if (!isAdministrator(call)) return jsonAnswer([])
  const username = addressee(call)
  if (username === undefined) return serverError
  return jsonAnswer(call.messages.found(username, call.query.get('s') ?? '', call.time))
}

export function markMessagesRead(call: Call): SimAnswer {
  const ids = idsBody.safeParse(jsonOf(call.body))
  return jsonAnswer(isAdministrator(call) && ids.success && call.messages.markRead(ids.data))
}

export function notifyUser(call: Call): SimAnswer {
  const username = addressee(call)
  const text = call.query.get('m') ?? ''
  if (!isAdministrator(call) || username === undefined || text === '') return jsonAnswer(false)
  call.messages.add(call.user.username, username, text)
  return jsonAnswer(true)
}
