import type { TFunction } from 'i18next'
import type { MenuItemConstructorOptions } from 'electron'

/**
 * The application's menu: what makes the usual keys work. On macOS copy and paste need a menu item to work at all;
 * on Windows and Linux the menu bar stays hidden until Alt is pressed.
 * @param t the message catalogue
 */
export function applicationMenu(
  platform: NodeJS.Platform,
  appName: string,
  t: TFunction,
): MenuItemConstructorOptions[] {
  const edit: MenuItemConstructorOptions = {
    label: t('appMenu.edit'),
    submenu: [
      { role: 'undo', label: t('appMenu.undo') },
      { role: 'redo', label: t('appMenu.redo') },
      { type: 'separator' },
      { role: 'cut', label: t('appMenu.cut') },
      { role: 'copy', label: t('appMenu.copy') },
      { role: 'paste', label: t('appMenu.paste') },
      { role: 'selectAll', label: t('appMenu.selectAll') },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: t('appMenu.view'),
    submenu: [
      { role: 'zoomIn', label: t('appMenu.zoomIn') },
      // The key that has the plus on it, without Shift.
      {
        role: 'zoomIn',
        accelerator: 'CommandOrControl+=',
        visible: false,
        acceleratorWorksWhenHidden: true,
      },
      { role: 'zoomOut', label: t('appMenu.zoomOut') },
      { role: 'resetZoom', label: t('appMenu.resetZoom') },
    ],
  }
  const close: MenuItemConstructorOptions = { role: 'close', label: t('appMenu.close') }
  const quit: MenuItemConstructorOptions = {
    role: 'quit',
    label: t('appMenu.quit', { app: appName }),
    // Electron gives the role no keys on Windows.
    accelerator: 'CommandOrControl+Q',
  }
  if (platform !== 'darwin') {
    return [{ label: t('appMenu.file'), submenu: [close, { type: 'separator' }, quit] }, edit, view]
  }
  return [
    {
      label: appName,
      submenu: [
        { role: 'hide', label: t('appMenu.hide', { app: appName }) },
        { role: 'hideOthers', label: t('appMenu.hideOthers') },
        { type: 'separator' },
        quit,
      ],
    },
    edit,
    view,
    {
      label: t('appMenu.window'),
      role: 'window',
      submenu: [{ role: 'minimize', label: t('appMenu.minimize') }, close],
    },
  ]
}
