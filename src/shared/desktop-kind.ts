/** The desktops that show icons and notifications each in a way of its own; `linux` is any other on Linux. */
export const desktopKinds = ['windows', 'macos', 'gnome', 'kde', 'linux'] as const
export type DesktopKind = (typeof desktopKinds)[number]

/** The operating systems that the app runs on. */
export type System = 'windows' | 'macos' | 'linux'

export const systemOf = (desktop: DesktopKind): System =>
  desktop === 'windows' || desktop === 'macos' ? desktop : 'linux'
