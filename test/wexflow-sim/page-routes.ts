import type { Call } from './call.ts'
import type { Records } from './records.ts'
import { jsonAnswer, notPermitted, type SimAnswer, textAnswer } from './requests.ts'
import { recordInfo } from './wire.ts'

/** A page of records, for every profile and whatever the user was granted. */
export function pageAnswer({ query, faults }: Call, records: Records): SimAnswer {
  if (faults.happens('pagesRefused')) return notPermitted
  const page = records.page({
    text: query.get('s') ?? '',
    from: Number(query.get('from')),
    to: Number(query.get('to')),
    page: Number(query.get('page')),
    count: Number(query.get('entriesCount')),
    oldestFirst: query.get('heo') === '0',
  })
  return jsonAnswer(page.map((record) => recordInfo(record, records)))
}

/** How many records a page's query would find in all; a bare number. */
export function countAnswer({ query, faults }: Call, records: Records): SimAnswer {
  if (faults.happens('pagesRefused')) return notPermitted
  const found = records.page({
    text: query.get('s') ?? '',
    from: Number(query.get('from')),
    to: Number(query.get('to')),
    page: 1,
    count: Infinity,
    oldestFirst: false,
  })
  return jsonAnswer(found.length)
}

/** When the newest record changed, by the server's clock, as a number with a decimal place; its time now without one. */
export function newestAnswer({ time, faults }: Call, records: Records): SimAnswer {
  if (faults.happens('pagesRefused')) return notPermitted
  const [newest] = records.page({
    text: '',
    from: -Infinity,
    to: Infinity,
    page: 1,
    count: 1,
    oldestFirst: false,
  })
  const at = newest === undefined ? time.localMs(Date.now()) : records.statusDate(newest)
  return textAnswer(at.toFixed(1))
}
