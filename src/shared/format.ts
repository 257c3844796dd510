/**
 * Times and durations as people read them. Durations are put together from number and list formats:
 * `Intl.DurationFormat` is in every Electron that the app runs on (Chrome has it since 129), but in no Node before 23,
 * and all that tells durations runs under plain Node 20 as well.
 */

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

type Unit = 'millisecond' | 'second' | 'minute' | 'hour' | 'day'

/** Formats by what they are for: making one takes longer than all the rest of a notification's text. */
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(unit: Unit, locale: string, fractionDigits: number): Intl.NumberFormat {
  const name = `${locale} ${unit} ${fractionDigits}`
  const known = formats.get(name)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'narrow',
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  })
  formats.set(name, made)
  return made
}

const part = (value: number, unit: Unit, locale: string, fractionDigits = 0): string =>
  formatOf(unit, locale, fractionDigits).format(value)

/** The two units that a duration is told in, by its length: finer ones say nothing any more. */
const scales: readonly {
  readonly from: number
  readonly large: [Unit, number]
  readonly small: [Unit, number]
}[] = [
  { from: day, large: ['day', day], small: ['hour', hour] },
  { from: hour, large: ['hour', hour], small: ['minute', minute] },
  { from: minute, large: ['minute', minute], small: ['second', second] },
]

/**
 * A duration in short words: milliseconds below a tenth of a second, tenths of a second below ten seconds, then at most
 * two units, rounded down.
 * @param ms milliseconds; below zero (two clocks) counts as zero
 */
export function formatDuration(ms: number, locale: string): string {
  const length = Math.max(0, ms)
  if (length < second / 10) return part(Math.floor(length), 'millisecond', locale)
  if (length < 10 * second) return part(Math.floor(length / 100) / 10, 'second', locale, 1)
  const scale = scales.find(({ from }) => length >= from)
  if (scale === undefined) return part(Math.floor(length / second), 'second', locale)
  const [largeUnit, largeMs] = scale.large
  const [smallUnit, smallMs] = scale.small
  const rest = Math.floor((length % largeMs) / smallMs)
  const large = part(Math.floor(length / largeMs), largeUnit, locale)
  if (rest === 0) return large
  return new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' }).format([
    large,
    part(rest, smallUnit, locale),
  ])
}

/** A duration that ticks: whole seconds from the start on, so that its width stays even. */
export const formatRunning = (ms: number, locale: string): string =>
  ms < minute ? part(Math.floor(Math.max(0, ms) / second), 'second', locale) : formatDuration(ms, locale)

/** Formats of dates by their tag and kind: making one takes longer than writing a list of days. */
const dateFormats = new Map<string, Intl.DateTimeFormat>()

/**
 * The format of a kind of date, made once.
 * @param times the tag that the system writes times by (`Translator.times`)
 */
export function dateFormat(times: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${times} ${JSON.stringify(options)}`
  const known = dateFormats.get(name)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(times, options)
  dateFormats.set(name, made)
  return made
}

const isSameDay = (a: Date, b: Date): boolean =>
  a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate()

/**
 * A time: today's without its date.
 * @param at milliseconds since 1970
 * @param now milliseconds since 1970
 * @param times the tag that the system writes times by (`Translator.times`)
 */
export const formatTime = (at: number, now: number, times: string): string =>
  dateFormat(times, {
    timeStyle: 'short',
    ...(isSameDay(new Date(at), new Date(now)) ? {} : { dateStyle: 'medium' }),
  }).format(at)

/** A time with its date and its seconds: for the detail, where moments are compared. */
export const formatMoment = (at: number, times: string): string =>
  dateFormat(times, { dateStyle: 'medium', timeStyle: 'medium' }).format(at)
