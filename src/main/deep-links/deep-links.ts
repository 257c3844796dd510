import type { DeepLinkProblem } from '../../shared/deep-link.ts'
import type { JobStore } from '../job-store/store.ts'
import { workflowsWithinMs } from '../servers/called.ts'
import type { AppModel } from '../state/app-model.ts'
import type { AppWindow } from '../window/window.ts'
import { type DeepLink, parseDeepLink } from './deep-link.ts'
import { startTarget } from './start-target.ts'

/** Milliseconds after one link in which others are dropped: a page that fires many gets one window. */
const oneEachMs = 1000

export interface DeepLinksOptions {
  readonly model: Pick<AppModel, 'state' | 'onChange'>
  readonly jobStore: Pick<JobStore, 'get'>
  readonly window: Pick<AppWindow, 'show' | 'showAndTell'>
  readonly showSignIn: (serverId: string | null) => void
}

/** Shows what deep links ask for. Nothing is started: that is left to the person who sees it. */
export class DeepLinks {
  readonly #options: DeepLinksOptions
  #openedAt = -Infinity
  #stopWaiting = (): void => {}

  constructor(options: DeepLinksOptions) {
    this.#options = options
  }

  /** @param address as it came from outside */
  open(address: string): void {
    const now = performance.now()
    if (now - this.#openedAt < oneEachMs) return
    this.#openedAt = now
    this.#stopWaiting()
    const link = parseDeepLink(address)
    if (link === null) this.#fail('unreadable')
    else if (link.kind === 'start') this.#showStart(link)
    else this.#showJob(link.key)
  }

  #showJob(key: string): void {
    const { window, jobStore } = this.#options
    if (jobStore.get(key) === undefined) this.#fail('noSuchJob')
    else window.show('jobs', key)
  }

  #showStart(link: Extract<DeepLink, { kind: 'start' }>): void {
    const { window, model, showSignIn } = this.#options
    /** @returns whether there was anything to show yet */
    const show = (): boolean => {
      const target = startTarget(link, model.state)
      if (target.kind === 'wait') return false
      this.#stopWaiting()
      if (target.kind === 'signIn') showSignIn(target.serverId)
      else window.showAndTell('deepLink', target)
      return true
    }
    if (show()) return
    window.show('jobs')
    const stopListening = model.onChange(show)
    const timer = setTimeout(() => {
      this.#stopWaiting()
      this.#fail('serverAway')
    }, workflowsWithinMs)
    this.#stopWaiting = () => {
      stopListening()
      clearTimeout(timer)
    }
  }

  #fail(problem: DeepLinkProblem): void {
    this.#options.window.showAndTell('deepLink', { kind: 'failed', problem })
  }
}
