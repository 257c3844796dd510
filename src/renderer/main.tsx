import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { createTranslator, loadTranslator } from '../shared/i18n.ts'
import { bestLocale } from '../shared/languages.ts'
import type { SystemFormats } from '../shared/system-formats.ts'
import { App } from './app.tsx'
import { bridge } from './bridge.ts'
import { Clock } from './clock.ts'
import { ServicesContext } from './hooks.ts'
import { JobActions } from './jobs/actions/job-actions.ts'
import { hearEnterOnce } from './jobs/keys/use-keys.ts'
import { WindowStore } from './window-store.ts'
import './styles/tokens.css'
import './styles/base.css'

const store = new WindowStore(bridge)
const actions = new JobActions(bridge, store)
bridge.on('deepLink', actions.showDeepLink)
hearEnterOnce(document)
/** Whether main answers. Where it does not, the window says that it can't be drawn. */
let isOpened = store.open()
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

const formats = (): SystemFormats | null => store.state()?.formats ?? null

/** The most wanted language first: at the beginning the one that main speaks. */
let locales = asked.getAll('locale')

/**
 * Draws the window in the best of the languages; what is drawn already is drawn anew. English is here already and is
 * drawn at once; a page that waits for another language shows nothing meanwhile.
 */
async function draw(): Promise<void> {
  const isEnglish = bestLocale(locales).language === 'en'
  const translator = isEnglish ? createTranslator(locales, formats) : await loadTranslator(locales, formats)
  document.documentElement.lang = translator.locale
  // Before this script ends, and not in a task after it: V8 keeps compiled what has run until then, and the next window
  // need not compile 400 functions before its first picture (8 ms).
  flushSync(() =>
    root.render(
      <StrictMode>
        <ServicesContext value={{ ...services, translator }}>
          <App isOpened={isOpened} />
        </ServicesContext>
      </StrictMode>,
    ),
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
    isOpened = false
    drawAnew()
  })
}

void drawing.then(() => requestIdleCallback(readOlderJobs, { timeout: readAfterMs }))
window.addEventListener('pagehide', store.saveViewNow)
bridge.on('languageChanged', ({ locale }) => {
  locales = [locale]
  drawAnew()
})
