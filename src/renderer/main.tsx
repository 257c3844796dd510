import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadTranslator } from '../shared/i18n.ts'
import { App } from './app.tsx'
import { bridge } from './bridge.ts'
import { Clock } from './clock.ts'
import { type Services, ServicesContext } from './hooks.ts'
import { JobActions } from './jobs/actions/job-actions.ts'
import { WindowStore } from './window-store.ts'
import './styles/tokens.css'
import './styles/base.css'

const store = new WindowStore(bridge)
const opened = store.open()
void draw()

async function draw(): Promise<void> {
  // The language that main speaks. English is here already; a page that waits for another shows nothing meanwhile.
  const locales = new URLSearchParams(location.search).getAll('locale')
  const translator = await loadTranslator(locales, () => store.state()?.formats ?? null)
  const services: Services = {
    store,
    actions: new JobActions(bridge, store),
    clock: new Clock(document),
    translator,
  }
  document.documentElement.lang = translator.locale
  window.addEventListener('pagehide', store.saveViewNow)
  const root = document.querySelector('#root')
  if (root === null) throw new Error('index.html has no root')
  createRoot(root).render(
    <StrictMode>
      <ServicesContext value={services}>
        <App opened={opened} />
      </ServicesContext>
    </StrictMode>,
  )
}
