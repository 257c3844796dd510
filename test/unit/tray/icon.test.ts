import { describe, expect, test } from 'vitest'
import { chooseIcon, iconFile, type IconFacts, type IconState } from '../../../src/main/tray/icon.ts'

describe('chooseIcon', () => {
  const calm: IconFacts = { links: ['online'], inFlight: 0, waiting: 0, unseen: 0 }

  test.each<[name: string, facts: Partial<IconFacts>, icon: IconState]>([
    ['nothing goes on', {}, 'idle'],
    ['nobody is signed in', { links: [] }, 'idle'],
    ['the first answer is pending', { links: ['connecting'] }, 'idle'],
    ['a job runs', { inFlight: 1 }, 'running'],
    ['a job runs without live signals', { links: ['slow'], inFlight: 1 }, 'running'],
    ['a job runs while the link is made anew', { links: ['connecting'], inFlight: 1 }, 'running'],
    ['the server is away', { links: ['offline'] }, 'offline'],
    ['the server is away, so whether jobs run is not known', { links: ['offline'], inFlight: 3 }, 'offline'],
    ['a job waits for a person', { inFlight: 2, waiting: 1 }, 'attention'],
    ['a bad end was not looked at', { unseen: 1 }, 'attention'],
    [
      'a bad end was not looked at, and the server is away',
      { links: ['offline'], unseen: 1 },
      'attentionOffline',
    ],
    ['a bad end was not looked at, and others run', { inFlight: 2, unseen: 1 }, 'attention'],
    ['one of two servers is away', { links: ['online', 'offline'], inFlight: 1 }, 'offline'],
    ['the sign-in to one of two expired', { links: ['offline', 'signInNeeded'] }, 'attentionOffline'],
    ['the sign-in expired', { links: ['signInNeeded'], inFlight: 1 }, 'attention'],
  ])('%s', (_name, facts, icon) => {
    expect(chooseIcon({ ...calm, ...facts })).toBe(icon)
  })
})

test.each<[NodeJS.Platform, string]>([
  ['linux', '/icons/running.png'],
  ['freebsd', '/icons/running.png'],
  ['win32', '/icons/running.ico'],
  ['darwin', '/icons/runningTemplate.png'],
])('%s has its own kind of file', (platform, file) => {
  expect(iconFile('/icons', 'running', platform)).toBe(file)
})
