import { contextBridge, ipcRenderer, webFrame } from 'electron'
import type { Bridge, EventName, RequestName } from '../shared/ipc.ts'

// Names only: the schemas would bring zod into the preload, and every window would wait for it. The types see to it
// that no name is missing and none is foreign.
const requestNames: Readonly<Record<RequestName, true>> = {
  olderJobs: true,
  jobEvidence: true,
  jobTold: true,
  nextRuns: true,
  licences: true,
  hasSounds: true,
  startAtLogin: true,
  updateState: true,
  run: true,
}
const eventNames: Readonly<Record<EventName, true>> = {
  stateChanged: true,
  jobsChanged: true,
  usualChanged: true,
  show: true,
  focusLost: true,
  languageChanged: true,
  findWorkflow: true,
  deepLink: true,
}

/** Listens to main without handing the page Electron's event object, which leads to the whole of ipcRenderer. */
const on: Bridge['on'] = (name, listener) => {
  if (!Object.hasOwn(eventNames, name)) throw new Error('no such event')
  const heard = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload)
  ipcRenderer.on(name, heard)
  return () => void ipcRenderer.removeListener(name, heard)
}

const asks = Object.fromEntries(
  Object.keys(requestNames).map((name) => [name, (input?: unknown) => ipcRenderer.invoke(name, input)]),
)

contextBridge.exposeInMainWorld('wexflowTray', {
  ...asks,
  // The page has nothing to do before it is there.
  snapshot: () => ipcRenderer.sendSync('snapshot'),
  on,
  freeMemory: () => webFrame.clearCache(),
})

/** The first ones of a process take 10 ms, whatever their language: the page finds that done. */
const makeFirstFormats = (): unknown => [new Intl.NumberFormat(), new Intl.DateTimeFormat()]
// By then the page has asked for its script, which is still on its way.
document.addEventListener('readystatechange', makeFirstFormats, { once: true })
