import type { Point, Rectangle } from 'electron'
import type { WindowBounds } from '../settings/document.ts'

export const defaultSize = { width: 920, height: 640 }
export const minimumSize = { width: 380, height: 420 }

/** Of the small window by the tray icon. */
const compactSize = { width: 380, height: 520 }
/** Pixels that it keeps from the icon and from the edges of the screen. */
const compactMargin = 8

/** How much of the window's top edge must be on a screen for a person to be able to drag it. */
const reachable = { width: 100, height: 32 }

/** Where a window is opened; without x and y the system centres it. */
export type OpeningBounds = { readonly width: number; readonly height: number } & Partial<
  Pick<WindowBounds, 'x' | 'y'>
>

/**
 * The remembered place where it can still be reached, else the remembered size on a screen that there is.
 * @param workAreas the screens without their panels, the primary one first
 */
export function openingBounds(
  remembered: WindowBounds | null,
  workAreas: readonly WindowBounds[],
): OpeningBounds {
  if (remembered === null) return defaultSize
  const { x, y, width, height } = remembered
  if (workAreas.some((area) => isReachable(remembered, area))) return { x, y, width, height }
  const [primary] = workAreas
  return {
    width: Math.min(width, primary?.width ?? defaultSize.width),
    height: Math.min(height, primary?.height ?? defaultSize.height),
  }
}

/**
 * Where the small window is opened: centred on the icon, on the side of it where the screen has room.
 * @param icon the icon, or the point where it was clicked
 * @param workArea the screen that it is on, without its panels
 */
export function compactBounds(icon: Rectangle, workArea: Rectangle): Rectangle {
  const width = Math.min(compactSize.width, workArea.width)
  const height = Math.min(compactSize.height, workArea.height)
  const isInUpperHalf = icon.y + icon.height / 2 < workArea.y + workArea.height / 2
  const x = icon.x + icon.width / 2 - width / 2
  const y = isInUpperHalf ? icon.y + icon.height + compactMargin : icon.y - height - compactMargin
  return {
    x: Math.round(clamped(x, workArea.x, workArea.x + workArea.width - width)),
    y: Math.round(clamped(y, workArea.y, workArea.y + workArea.height - height)),
    width,
    height,
  }
}

/**
 * Where the icon that was just clicked must be, on a system that does not say it: below the pointer. Chromium knows the
 * pointer only from events of its own windows, though, and a panel is none: a pointer beside all panels is an old one, and
 * the end of the panel counts instead, where most have their icons.
 */
export function clickedIcon(
  pointer: Point,
  { bounds, workArea }: { readonly bounds: Rectangle; readonly workArea: Rectangle },
): Rectangle {
  const hasPanel = workArea.width < bounds.width || workArea.height < bounds.height
  if (!hasPanel || !isInside(pointer, workArea)) return { ...pointer, width: 0, height: 0 }
  const isPanelLeft = workArea.x > bounds.x && workArea.height === bounds.height
  const isPanelAbove = workArea.y > bounds.y
  return {
    x: isPanelLeft ? bounds.x : bounds.x + bounds.width,
    y: isPanelAbove ? workArea.y : workArea.y + workArea.height,
    width: 0,
    height: 0,
  }
}

const isInside = ({ x, y }: Point, area: Rectangle): boolean =>
  x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height

/** As near to `value` as the margin from both ends lets it be. */
const clamped = (value: number, start: number, end: number): number =>
  Math.max(start, Math.min(Math.max(value, start + compactMargin), end - compactMargin))

function isReachable(window: WindowBounds, area: WindowBounds): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const isTopEdgeInside = window.y >= area.y && window.y + reachable.height <= area.y + area.height
  return width >= reachable.width && isTopEdgeInside
}
