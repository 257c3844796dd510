import type { Call } from './call.ts'
import type { Records } from './records.ts'
import { jsonAnswer, notPermitted, type SimAnswer } from './requests.ts'
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
