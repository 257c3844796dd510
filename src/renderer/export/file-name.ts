const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** A file's name with today's date, by this machine's calendar. */
export function dayName(name: string): string {
  const now = new Date()
  return `${name}-${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`
}
