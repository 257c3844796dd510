import { describe, expect, test } from 'vitest'
import { clickedIcon, compactBounds, defaultSize, openingBounds } from '../../../src/main/window/bounds.ts'

const primary = { x: 0, y: 27, width: 1920, height: 1053 }
const left = { x: -1280, y: 0, width: 1280, height: 1024 }
const remembered = { x: 100, y: 100, width: 900, height: 620 }

test('a new window has the default size', () => {
  expect(openingBounds(null, [primary])).toEqual(defaultSize)
})

test.each([
  ['on the primary screen', remembered],
  ['on the left screen', { ...remembered, x: -1200 }],
  ['across both', { ...remembered, x: -400 }],
  ['mostly off to the right', { ...remembered, x: 1820 }],
])('%s it opens where it was', (_name, bounds) => {
  expect(openingBounds(bounds, [primary, left])).toEqual(bounds)
})

test.each([
  ['its screen is gone', { ...remembered, x: -1200 }],
  ['too little of it shows', { ...remembered, x: 1821 }],
  ['its title is above the screen', { ...remembered, y: -200 }],
  ['its title is under the panel', { ...remembered, y: 0 }],
  ['its title is below the screen', { ...remembered, y: 1060 }],
])('where %s it is centred with its size', (_name, bounds) => {
  expect(openingBounds(bounds, [primary])).toEqual({ width: 900, height: 620 })
})

test('a window of a larger screen that is gone is made to fit', () => {
  expect(openingBounds({ x: 5000, y: 0, width: 3000, height: 2000 }, [primary])).toEqual({
    width: 1920,
    height: 1053,
  })
})

const icon = { width: 24, height: 24 }

test.each<[name: string, icon: { x: number; y: number }, x: number, y: number]>([
  ['below a panel at the top', { x: 1000, y: 2 }, 822, 35],
  ['above a panel at the bottom', { x: 1000, y: 1056 }, 822, 528],
  ['left of the right edge', { x: 1890, y: 1056 }, 1532, 528],
  ['right of the left edge', { x: 4, y: 2 }, 8, 35],
])('the small window opens %s', (_name, at, x, y) => {
  expect(compactBounds({ ...at, ...icon }, primary)).toEqual({ x, y, width: 380, height: 520 })
})

test('the small window fits a screen that is smaller', () => {
  const small = { x: 0, y: 0, width: 320, height: 400 }
  expect(compactBounds({ x: 300, y: 380, ...icon }, small)).toEqual(small)
})

describe('where the system does not say where the icon is', () => {
  const bounds = { x: 0, y: 0, width: 1440, height: 900 }
  const withPanel = (area: Partial<typeof bounds>) => ({ bounds, workArea: { ...bounds, ...area } })
  const above = withPanel({ y: 30, height: 870 })

  test('it is below the pointer', () => {
    expect(clickedIcon({ x: 1360, y: 15 }, above)).toMatchObject({ x: 1360, y: 15 })
    // A panel that hides itself takes nothing of the screen.
    expect(clickedIcon({ x: 1360, y: 895 }, { bounds, workArea: bounds })).toMatchObject({ x: 1360, y: 895 })
  })

  test.each([
    ['above', above, 1440, 30],
    ['below', withPanel({ height: 870 }), 1440, 870],
    ['on the left', withPanel({ x: 40, width: 1400 }), 0, 900],
    ['on the right', withPanel({ width: 1400 }), 1440, 900],
  ])('it is at the end of a panel %s if the pointer is at none', (_name, display, x, y) => {
    expect(clickedIcon({ x: 1169, y: 131 }, display)).toEqual({ x, y, width: 0, height: 0 })
  })
})
