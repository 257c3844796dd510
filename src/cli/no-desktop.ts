import type { Ports } from '../main/composition/ports.ts'

const nothing = (): void => {}

/** What the app has of a desktop where there is none: nobody sees anything of it, or is asked. */
export const noDesktop: Pick<Ports, 'tray' | 'window' | 'updates' | 'desktop'> = {
  tray: () => ({ shown: async () => {}, render: nothing, watchHost: nothing, destroy: nothing }),
  window: () => ({
    isOpen: false,
    isFocused: false,
    onFocus: nothing,
    show: nothing,
    showAndTell: nothing,
    onIconClick: nothing,
    expand: nothing,
    close: nothing,
    send: nothing,
    serve: nothing,
  }),
  updates: { kind: 'off', why: 'notInstalled' },
  desktop: {
    openFile: async () => '',
    copyText: async () => {},
    openInBrowser: async () => {},
    setShortcut: () => true,
    openNotificationSettings: async () => {},
    saveText: async () => 'cancelled',
    chooseFile: async () => null,
    confirm: async () => false,
    quit: nothing,
    tellFailure: async () => {},
  },
}
