import type { WindowBounds } from '../settings/document.ts'

export const defaultSize = { width: 920, height: 640 }
export const minimumSize = { width: 380, height: 420 }

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
  if (workAreas.some((area) => isReachable(remembered, area))) return remembered
  const [primary] = workAreas
  return {
    width: Math.min(remembered.width, primary?.width ?? defaultSize.width),
    height: Math.min(remembered.height, primary?.height ?? defaultSize.height),
  }
}

function isReachable(window: WindowBounds, area: WindowBounds): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const isTopEdgeInside = window.y >= area.y && window.y + reachable.height <= area.y + area.height
  return width >= reachable.width && isTopEdgeInside
}
