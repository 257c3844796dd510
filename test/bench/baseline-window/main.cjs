// The least that opens a window with a React page by a click on a tray icon. `BASELINE_PAGE`: the page's folder.
const path = require('node:path')
const { app, BrowserWindow, Menu, Tray } = require('electron')

app.on('window-all-closed', () => {})

function open() {
  const window = new BrowserWindow({
    width: 920,
    height: 640,
    show: false,
    webPreferences: { sandbox: true },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadFile(path.join(process.env.BASELINE_PAGE, 'index.html'))
}

async function run() {
  await app.whenReady()
  globalThis.tray = new Tray(path.join(__dirname, '../../../assets/tray/idle.png'))
  globalThis.tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]))
  globalThis.tray.on('click', open)
}
void run()
