import { expect, test } from 'vitest'
import { desktopKind } from '../../../src/main/platform/desktop-kind.ts'

test.each([
  ['win32', undefined, 'windows'],
  ['darwin', undefined, 'macos'],
  ['linux', 'ubuntu:GNOME', 'gnome'],
  ['linux', 'KDE', 'kde'],
  ['linux', 'XFCE', 'linux'],
  ['linux', undefined, 'linux'],
])('%s with the session %s: %s', (platform, session, kind) => {
  expect(desktopKind({ platform, env: { XDG_CURRENT_DESKTOP: session } })).toBe(kind)
})
