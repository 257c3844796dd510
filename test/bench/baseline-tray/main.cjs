// The least that an Electron app with a tray icon does: what a start and an idle hour cost at the very least.
const path = require('node:path')
const { app, Menu, Tray } = require('electron')

app.on('window-all-closed', () => {})

async function run() {
  await app.whenReady()
  globalThis.tray = new Tray(path.join(__dirname, '../../../assets/tray/idle.png'))
  globalThis.tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]))
}
void run()
