import { expect, it } from 'vitest'
import { tellingsOf } from '../../chaos/tellings.ts'
import type { ShownToast } from '../../chaos/recording-toaster.ts'
import { toldOf } from './day-record.ts'

const toast: ShownToast = {
  id: 'start',
  title: 'Warning: Import',
  body: '',
  at: 1000,
  answeredAt: 1010,
  status: 'shown',
}
const start = { key: 'start', jobId: 'x' }

it('what the record says of an end right after its own toast is that toast', () => {
  expect(tellingsOf('start', { toasts: [toast], settled: [toldOf(start, 'warning', 1010)] })).toMatchObject([
    { outcome: 'warning', at: 1000 },
  ])
})

it('a summary that puts an end right moments after its own toast tells it anew', () => {
  const settled = [toldOf(start, 'warning', 1010), toldOf(start, 'stopped', 1300)]
  expect(tellingsOf('start', { toasts: [toast], settled })).toMatchObject([
    { outcome: 'warning', at: 1000 },
    { outcome: 'stopped', at: 1300 },
  ])
})

it('a summary was told when it was shown, before what came in between, however late the desktop answers for it', () => {
  const summary = { ...toast, id: 'summary:x', title: '1 job ended: 1 with a warning', answeredAt: 30_000 }
  const own = { ...toast, title: 'Stopped: Import', at: 9000, answeredAt: 40_000 }
  const settled = [toldOf(start, 'warning', 30_000), toldOf(start, 'stopped', 40_000)]
  expect(tellingsOf('start', { toasts: [summary, own], settled })).toMatchObject([
    { outcome: 'warning', at: 30_000 },
    { outcome: 'stopped', at: 9000 },
  ])
})

it('of two summaries that the desktop answered at once a job was in the later one, after a toast that was refused', () => {
  const first = { ...toast, id: 'summary:x', title: '1 job ended: 1 done', answeredAt: 30_000 }
  const own = { ...toast, at: 9000, answeredAt: 30_000, status: 'refused' as const }
  const second = { ...first, id: 'summary:y', title: '1 job ended: 1 with a warning', at: 20_000 }
  const settled = [toldOf(start, 'warning', 30_000)]
  expect(tellingsOf('start', { toasts: [first, own, second], settled })).toMatchObject([
    { isHeard: false },
    { isHeard: true },
  ])
})

it('a summary is the one that was answered last before the job counted as told', () => {
  const first = { ...toast, id: 'summary:x', title: '1 job ended: 1 done', at: 2000, answeredAt: 23_000 }
  const second = {
    ...first,
    id: 'summary:y',
    title: '1 job ended: 1 stopped',
    at: 12_000,
    answeredAt: 25_700,
  }
  const ofOthers = { ...first, id: 'summary:z', at: 22_000, answeredAt: 22_900 }
  const settled = [toldOf(start, 'done', 23_000), toldOf(start, 'stopped', 25_700)]
  expect(tellingsOf('start', { toasts: [first, second, ofOthers], settled })).toMatchObject([
    { outcome: 'done' },
    { outcome: 'stopped' },
  ])
})
