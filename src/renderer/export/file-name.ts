import { isoDay } from '../jobs/list/moment.ts'

/** A file's name with today's date, by this machine's calendar. */
export const datedName = (name: string): string => `${name}-${isoDay(Date.now())}`
