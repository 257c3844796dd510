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
const opened = store.open().then(
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

/** Draws the window in the best of these languages; what is drawn already is drawn anew. */
async function drawIn(locales: readonly string[]): Promise<void> {
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

window.addEventListener('pagehide', store.saveViewNow)
// The language that main speaks.
let drawing = drawIn(asked.getAll('locale'))
bridge.on('languageChanged', ({ locale }) => {
  drawing = drawing.then(() => drawIn([locale]))
})
