import { isDeepStrictEqual } from 'node:util'
import type { HandOnFailure, HandOnResult, ProgramTarget, Target } from '../../shared/hand-on.ts'
import type { Translator } from '../../shared/i18n.ts'
import type { NotificationRule, Settings } from '../../shared/settings.ts'
import type { Passwords } from '../platform/passwords.ts'
import type { Redactor } from '../platform/redaction.ts'
import type { AppStore } from '../settings/app-store.ts'
import type { Transport } from '../wexflow/transport.ts'
import { type Attempt, callUrl } from './call-url.ts'
import { type EndEvent, testEvent } from './end-event.ts'
import { checkedAddress, postFor } from './payloads.ts'
import { isProgramPath, runProgram } from './run-program.ts'

export interface TargetsOptions {
  readonly appStore: Pick<AppStore, 'settings' | 'saveSettings'>
  /** The addresses of URLs, by `secretIdOf`, kept as passwords are. */
  readonly addresses: Passwords
  readonly redactor: Redactor
  /** The way to any URL. */
  readonly transport: Transport
  readonly texts: () => Translator
  /** Asks the person, outside of the window, whether this program may be run. */
  readonly mayRun: (program: ProgramTarget) => Promise<boolean>
  /** Something was handed on to the target of this id, or it is there no more. */
  readonly onWorks: (id: string) => void
}

type Saved = { readonly ok: true; readonly settings: Settings } | Extract<HandOnResult, { ok: false }>

/** Where ends can be handed on to. */
export class Targets {
  readonly #options: TargetsOptions
  /** Whether the person is being asked whether a program may be run. */
  #isAsking = false
  /** The addresses that are masked in the log, by the target's id, and what unmasks them. */
  readonly #masked = new Map<string, { readonly address: string; readonly unmask: () => void }>()

  constructor(options: TargetsOptions) {
    this.#options = options
  }

  get(id: string): Target | null {
    return this.#options.appStore.settings.targets.find((target) => target.id === id) ?? null
  }

  /**
   * Adds a target, or replaces the one of the same id. A program that is not the one that was allowed before has to be
   * allowed: a window that something else has got hold of could save it too.
   * @param typed the address of a URL; empty where it is as it was, which it can only be at the same kind of service
   */
  async save(target: Target, typed: string): Promise<Saved> {
    if (target.kind !== 'program') return this.#saveUrl(target, typed)
    if (!isProgramPath(target.program)) return { ok: false, failure: failureOf('badProgram') }
    if (!(await this.#isAllowed(target))) return { ok: false, failure: failureOf('notConfirmed') }
    this.#forgetAddress(target.id)
    return this.#store(target)
  }

  async #isAllowed(wanted: ProgramTarget): Promise<boolean> {
    const known = this.get(wanted.id)
    if (known?.kind === 'program' && isSameProgram(known, wanted)) return true
    // One question at a time: many of them would be answered without being read.
    if (this.#isAsking) return false
    this.#isAsking = true
    try {
      return await this.#options.mayRun(wanted)
    } finally {
      this.#isAsking = false
    }
  }

  async #saveUrl(target: Exclude<Target, ProgramTarget>, typed: string): Promise<Saved> {
    const { addresses } = this.#options
    const known = this.get(target.id)
    const isKept = typed.trim() === '' && known?.kind === target.kind
    const address = isKept ? null : checkedAddress(target.kind, typed)
    if (address === null && !isKept) return { ok: false, failure: failureOf('badAddress') }
    if (address !== null) {
      this.#mask(target.id, address)
      await addresses.remember(secretIdOf(target.id), address)
    }
    const knownHost = known !== null && known.kind !== 'program' ? known.host : ''
    return this.#store({ ...target, host: address === null ? knownHost : new URL(address).host })
  }

  #store(saved: Target): Saved {
    const { appStore } = this.#options
    const { targets, ...settings } = appStore.settings
    const list = targets.some(({ id }) => id === saved.id)
      ? targets.map((one) => (one.id === saved.id ? saved : one))
      : [...targets, saved]
    appStore.saveSettings({ ...settings, targets: list })
    return { ok: true, settings: appStore.settings }
  }

  /** Forgets a target and its address. */
  remove(id: string): Settings {
    const { appStore, onWorks } = this.#options
    this.#forgetAddress(id)
    onWorks(id)
    const { settings } = appStore
    appStore.saveSettings({
      ...settings,
      targets: settings.targets.filter((target) => target.id !== id),
      rules: settings.rules.map((rule) => withoutTarget(rule, id)),
    })
    return appStore.settings
  }

  /** Hands a test on, once. Never rejects. */
  async test(id: string): Promise<HandOnResult> {
    const target = this.get(id)
    if (target === null) return { ok: false, failure: failureOf('noAddress') }
    const attempt = await this.handOn(target, testEvent(this.#options.texts()))
    return attempt.ok ? attempt : { ok: false, failure: attempt.failure }
  }

  /** Hands an event on, once. Never rejects. */
  async handOn(target: Target, event: EndEvent): Promise<Attempt> {
    const result = await (target.kind === 'program' ? runProgram(target, event) : this.#call(target, event))
    if (result.ok) this.#options.onWorks(target.id)
    return result
  }

  async #call({ id, kind }: Exclude<Target, ProgramTarget>, event: EndEvent): Promise<Attempt> {
    const { addresses, transport } = this.#options
    const address = await addresses.read(secretIdOf(id))
    if (address === null) {
      const isLater = addresses.whyNotNow(secretIdOf(id)) !== null
      return isLater
        ? { ok: false, failure: failureOf('keychain'), againAfterMs: 0 }
        : { ok: false, failure: failureOf('noAddress'), againAfterMs: null }
    }
    this.#mask(id, address)
    return callUrl(transport.call, postFor(kind, address, event))
  }

  #forgetAddress(id: string): void {
    this.#options.addresses.forget(secretIdOf(id))
    this.#masked.get(id)?.unmask()
    this.#masked.delete(id)
  }

  /** Also its path alone is a secret: that of a Slack webhook is all that it asks for. */
  #mask(id: string, address: string): void {
    const before = this.#masked.get(id)
    if (before?.address === address) return
    before?.unmask()
    const { redactor } = this.#options
    const { pathname, search } = new URL(address)
    const secrets = [address, pathname, `${pathname}${search}`].filter(
      ({ length }) => length >= shortestSecret,
    )
    const unmask = secrets.map((secret) => redactor.add(secret))
    this.#masked.set(id, { address, unmask: () => unmask.forEach((one) => one()) })
  }
}

const isSameProgram = (a: ProgramTarget, b: ProgramTarget): boolean =>
  a.program === b.program && isDeepStrictEqual(a.args, b.args)

const withoutTarget = (rule: NotificationRule, id: string): NotificationRule => ({
  ...rule,
  handOn: rule.handOn.filter((one) => one !== id),
})

/** A shorter path, such as `/api`, is none, and stands in half of all lines. */
const shortestSecret = 12

const failureOf = (problem: HandOnFailure['problem']): HandOnFailure => ({ problem, detail: '' })

/** Addresses are kept in one place with what goes with the connections of profiles. */
const secretIdOf = (id: string): string => `target:${id}`
