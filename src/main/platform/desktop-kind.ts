import type { DesktopKind } from '../../shared/desktop-kind.ts'

/** Which desktop the app runs on; on Linux the session says it, as a list of names (`ubuntu:GNOME`). */
export function desktopKind({
  platform,
  env,
}: {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
}): DesktopKind {
  if (platform === 'win32') return 'windows'
  if (platform === 'darwin') return 'macos'
  const names = (env['XDG_CURRENT_DESKTOP'] ?? '').toLowerCase().split(':')
  if (names.includes('gnome')) return 'gnome'
  return names.includes('kde') ? 'kde' : 'linux'
}
