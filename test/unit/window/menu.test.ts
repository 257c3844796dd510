import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { applicationMenu } from '../../../src/main/window/menu.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'

const { t } = createTranslator(['en'])
const menuOf = (platform: NodeJS.Platform): MenuItemConstructorOptions[] =>
  applicationMenu(platform, 'Wexflow Tray', t)

/** Those that can be seen. */
const itemsOf = ({ submenu }: MenuItemConstructorOptions): MenuItemConstructorOptions[] =>
  Array.isArray(submenu) ? submenu.filter(({ visible }) => visible !== false) : []

/** The labels of each menu. */
const sight = (platform: NodeJS.Platform): Record<string, string[]> =>
  Object.fromEntries(
    menuOf(platform).map((menu) => [
      menu.label ?? '',
      itemsOf(menu).flatMap(({ type, label }) => (type === 'separator' ? [] : [label ?? 'without a label'])),
    ]),
  )

const view = ['Larger text', 'Smaller text', 'Usual text size']
const edit = ['Undo', 'Redo', 'Cut', 'Copy', 'Paste', 'Select all']

describe.each(['linux', 'win32'] as const)('on %s', (platform) => {
  test('the window’s menu', () => {
    expect(sight(platform)).toEqual({ File: ['Close window', 'Quit Wexflow Tray'], Edit: edit, View: view })
  })
})

test('on macOS the app has its own menu first, and the window’s is known as such', () => {
  expect(sight('darwin')).toEqual({
    'Wexflow Tray': ['Hide Wexflow Tray', 'Hide others', 'Quit Wexflow Tray'],
    Edit: edit,
    View: view,
    Window: ['Minimise', 'Close window'],
  })
  expect(menuOf('darwin').map(({ role }) => role)).toEqual([undefined, undefined, undefined, 'window'])
})

test.each(['linux', 'win32', 'darwin'] as const)('on %s each item does what its role does', (platform) => {
  const items = menuOf(platform)
    .flatMap(itemsOf)
    .filter(({ type }) => type !== 'separator')
  expect(items.filter(({ role }) => role === undefined)).toEqual([])
  expect(items.find(({ role }) => role === 'quit')?.accelerator).toBe('CommandOrControl+Q')
  expect(new Set(items.map(({ role }) => role)).size).toBe(items.length)
})

test('the text grows by the plus key without Shift as well', () => {
  const views = menuOf('linux').flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
  expect(views.filter(({ role }) => role === 'zoomIn')).toMatchObject([
    { label: 'Larger text' },
    { accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
  ])
})
