import type { ReactElement } from 'react'
import { type Status, statusTones } from './job-status.ts'
import './job-icon.css'

interface Shape {
  /** The outline, in lines on a grid of 20; each status has one of its own, so that no colour is needed to tell it. */
  readonly outline: string
  /** What stands inside of it. */
  readonly sign: string
  readonly isTurning?: boolean
}

const circle = 'M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15Z'
const octagon = 'M6.9 2.500h6.200L17.5 6.900v6.200L13.1 17.500H6.900L2.5 13.100V6.900Z'
const triangle = 'M10 2.9 18 16.700H2Z'
const square = 'M4.3 3.300h11.400a1 1 0 0 1 1 1v11.400a1 1 0 0 1-1 1H4.300a1 1 0 0 1-1-1V4.300a1 1 0 0 1 1-1Z'
const diamond = 'M10 1.9 18.1 10 10 18.1 1.9 10Z'
const threeQuarters = 'M10 2.500a7.5 7.5 0 1 1-7.5 7.5'

const shapes: Readonly<Record<Status, Shape>> = {
  done: { outline: circle, sign: 'M6.5 10.300l2.4 2.4 4.6-5.1' },
  warning: { outline: triangle, sign: 'M10 8.200v3.500M10 14.100v.1' },
  failed: { outline: octagon, sign: 'M7.3 7.300l5.4 5.400M12.7 7.300l-5.4 5.4' },
  stopped: { outline: square, sign: 'M7.7 7.700h4.600v4.600H7.700Z' },
  rejected: { outline: circle, sign: 'M4.8 15.2 15.2 4.8' },
  notStarted: { outline: circle, sign: 'M6.6 10h6.8' },
  unknown: { outline: diamond, sign: 'M8.2 8.400a1.9 1.9 0 1 1 2.7 1.700c-.6.3-.9.6-.9 1.200M10 13.700v.1' },
  starting: { outline: threeQuarters, sign: 'M10 8v4M8 10h4', isTurning: true },
  queued: { outline: 'M4 5h12M4 10h12M4 15h7', sign: '' },
  notBegun: { outline: 'M4 5h12M4 10h7M4 15h7', sign: 'M15 9.500v3.500M15 15.400v.1' },
  running: { outline: threeQuarters, sign: '', isTurning: true },
  suspended: { outline: circle, sign: 'M8 7.300v5.400M12 7.300v5.4' },
  waiting: {
    outline:
      'M5.5 2.800h9M5.5 17.200h9M6.7 2.800c0 4 6.6 5.2 6.6 7.200s-6.6 3.2-6.6 7.200M13.3 2.800c0 4-6.6 5.2-6.6 7.200s6.6 3.2 6.6 7.2',
    sign: '',
  },
  notFollowed: { outline: circle, sign: 'M4.8 4.8 15.2 15.2' },
  stopping: { outline: threeQuarters, sign: 'M8 8h4v4H8Z', isTurning: true },
  suspending: { outline: threeQuarters, sign: 'M8.500 7.800v4.400M11.500 7.800v4.4', isTurning: true },
  resuming: { outline: threeQuarters, sign: 'M8.500 7.500v5l4-2.500Z', isTurning: true },
  approving: { outline: threeQuarters, sign: 'M7.6 10.200l1.700 1.700 3.100-3.500', isTurning: true },
  rejecting: { outline: threeQuarters, sign: 'M8 8l4 4M12 8l-4 4', isTurning: true },
}

/** How a job stands, as a picture beside the word that says it: nothing for a screen reader. */
export function JobIcon({ status }: { readonly status: Status }): ReactElement {
  const { outline, sign, isTurning = false } = shapes[status]
  return (
    <svg className={`job-icon tone-${statusTones[status]}`} viewBox="0 0 20 20" aria-hidden="true">
      <path className={isTurning ? 'job-icon-turning' : undefined} d={outline} />
      <path d={sign} />
    </svg>
  )
}
