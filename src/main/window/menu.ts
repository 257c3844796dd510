import type { TFunction } from 'i18next'
import type { MenuItemConstructorOptions } from 'electron'

/**
 * The application's menu: what makes the usual keys work. On macOS copy and paste need a menu item to work at all;
 * on Windows and Linux the menu bar stays hidden until Alt is pressed.
 * @param text the message catalogue
 */
export function applicationMenu(
  platform: NodeJS.Platform,
  appName: string,
  text: TFunction,
): MenuItemConstructorOptions[] {
  const edit: MenuItemConstructorOptions = {
    label: text('menu.edit'),
    submenu: [
      { role: 'undo', label: text('menu.undo') },
      { role: 'redo', label: text('menu.redo') },
      { type: 'separator' },
      { role: 'cut', label: text('menu.cut') },
      { role: 'copy', label: text('menu.copy') },
      { role: 'paste', label: text('menu.paste') },
      { role: 'selectAll', label: text('menu.selectAll') },
    ],
  }
  const close: MenuItemConstructorOptions = { role: 'close', label: text('menu.close') }
  const quit: MenuItemConstructorOptions = {
    role: 'quit',
    label: text('menu.quit', { app: appName }),
    // Electron gives the role no keys on Windows.
    accelerator: 'CommandOrControl+Q',
  }
  if (platform !== 'darwin') {
    return [{ label: text('menu.file'), submenu: [close, { type: 'separator' }, quit] }, edit]
  }
  return [
    {
      label: appName,
      submenu: [
        { role: 'hide', label: text('menu.hide', { app: appName }) },
        { role: 'hideOthers', label: text('menu.hideOthers') },
        { type: 'separator' },
        quit,
      ],
    },
    edit,
    {
      label: text('menu.window'),
      role: 'window',
      submenu: [{ role: 'minimize', label: text('menu.minimize') }, close],
    },
  ]
}
