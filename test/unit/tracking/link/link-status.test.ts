import { expect, it } from 'vitest'
import { LinkStatus } from '../../../../src/main/tracking/link/link-status.ts'

it('says another link or failure, and nothing twice', () => {
  const told: string[] = []
  const status = new LinkStatus((link, failure) => told.push(`${link} ${failure?.kind ?? ''}`.trim()))
  expect(status.link).toBeNull()
  status.set('connecting', null)
  status.set('offline', { kind: 'refused', detail: 'first' })
  status.set('offline', { kind: 'refused', detail: 'second' })
  status.set('offline', { kind: 'timedOut', detail: '' })
  status.set('online', null)
  status.set('online', null)
  expect(told).toEqual(['connecting', 'offline refused', 'offline timedOut', 'online'])
  expect(status.link).toBe('online')
})
