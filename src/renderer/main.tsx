import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadTranslator } from '../shared/i18n.ts'
import { App } from './app.tsx'
import { bridge } from './bridge.ts'
import { Clock } from './clock.ts'
import { ServicesContext } from './hooks.ts'
import { JobActions } from './jobs/actions/job-actions.ts'
import { WindowStore } from './window-store.ts'
import './styles/tokens.css'
import './styles/base.css'

const store = new WindowStore(bridge)
const actions = new JobActions(bridge, store)
bridge.on('deepLink', actions.showDeepLink)
/** Whether main answers. Where it does not, the window says that it can't be drawn. */
let opened = store.open().then(
  () => true,
  () => false,
)
const asked = new URLSearchParams(location.search)
const services = {
  store,
  actions,
  clock: new Clock(document),
  isCompact: asked.get('shape') === 'compact',
}
const element = document.querySelector('#root')
if (element === null) throw new Error('index.html has no root')
const root = createRoot(element)

/** The most wanted language first: at the beginning the one that main speaks. */
let locales = asked.getAll('locale')

/** Draws the window in the best of the languages; what is drawn already is drawn anew. */
async function draw(): Promise<void> {
  // English is here already; a page that waits for another language shows nothing meanwhile.
  const translator = await loadTranslator(locales, () => store.state()?.formats ?? null)
  // No picture of the wait is drawn before: React would show what follows it 0.3 s later at the earliest.
  const isOpened = await opened
  document.documentElement.lang = translator.locale
  root.render(
    <StrictMode>
      <ServicesContext value={{ ...services, translator }}>
        <App isOpened={isOpened} />
      </ServicesContext>
    </StrictMode>,
  )
}

let drawing = draw()
function drawAnew(): void {
  drawing = drawing.then(draw)
}

/** Milliseconds after which the other jobs are read, though the page is never at rest. */
const readAfterMs = 1000

function readOlderJobs(): void {
  store.readOlderJobs().catch(() => {
    opened = Promise.resolve(false)
    drawAnew()
  })
}

void drawing.then(() => requestIdleCallback(readOlderJobs, { timeout: readAfterMs }))
window.addEventListener('pagehide', store.saveViewNow)
bridge.on('languageChanged', ({ locale }) => {
  locales = [locale]
  drawAnew()
})
