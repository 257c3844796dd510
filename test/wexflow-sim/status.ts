/** The statuses of a job in the order of their numbers in entries; streams and WorkflowInfo say the text. */
const statusNames = [
  'Pending',
  'Running',
  'Done',
  'Failed',
  'Warning',
  'Disabled',
  'Stopped',
  'Rejected',
] as const

export type StatusName = (typeof statusNames)[number]

/** The number that an entry carries for a status. */
export function statusNumber(name: StatusName): number {
  return statusNames.indexOf(name)
}
