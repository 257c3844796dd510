/** A time of the day as a field of times holds it: "07:30". */
export const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** Minutes since midnight; null where the field holds no whole time. */
export function minutesOf(time: string): number | null {
  const [, hour, minute] = /^(\d\d):(\d\d)/u.exec(time) ?? []
  return hour === undefined ? null : Number(hour) * 60 + Number(minute)
}
