import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createTranslator } from '../shared/i18n.ts'
import { App } from './app.tsx'
import { bridge } from './bridge.ts'
import { Clock } from './clock.ts'
import { type Services, ServicesContext } from './hooks.ts'
import { JobActions } from './jobs/actions/job-actions.ts'
import { WindowStore } from './window-store.ts'
import './styles/tokens.css'
import './styles/base.css'

const store = new WindowStore(bridge)
const translator = createTranslator(navigator.languages, () => store.state()?.formats ?? null)
const services: Services = {
  store,
  actions: new JobActions(bridge, store),
  clock: new Clock(document),
  translator,
}

document.documentElement.lang = translator.locale
window.addEventListener('pagehide', services.store.saveViewNow)
const opened = services.store.open()

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <StrictMode>
    <ServicesContext value={services}>
      <App opened={opened} />
    </ServicesContext>
  </StrictMode>,
)
