import type { Message, MessageBus } from 'dbus-native'
import { z } from 'zod'
import type { Log } from './log.ts'
import { connectSessionBus } from './session-bus.ts'

const name = 'org.freedesktop.secrets'
const servicePath = '/org/freedesktop/secrets'
const serviceInterface = 'org.freedesktop.Secret.Service'
const collectionInterface = 'org.freedesktop.Secret.Collection'
const promptInterface = 'org.freedesktop.Secret.Prompt'
const propertiesInterface = 'org.freedesktop.DBus.Properties'
const signalType = 4
/** The path of a prompt that is not needed, and of a collection that is not there. */
const nothing = '/'

const answerWithinMs = 5000
/** At login the keyring comes a little later than the app: so long nothing is said of it, in milliseconds. */
const lateMs = 10_000

const matchRules = [
  `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${name}'`,
  `type='signal',sender='${name}',interface='${serviceInterface}'`,
  `type='signal',sender='${name}',interface='${propertiesInterface}'`,
  `type='signal',sender='${name}',interface='${promptInterface}'`,
]

/** `away`: nothing on the desktop keeps secrets now. `locked`: it keeps them and won't give them. */
export type SecretServiceState = 'ready' | 'locked' | 'away'

const unlockSchema = z.tuple([z.array(z.string()), z.string()])
const completedSchema = z.tuple([z.boolean()]).rest(z.unknown())

export interface SecretServiceOptions {
  readonly log: Pick<Log, 'info'>
  /** Defaults to the session's bus. */
  readonly busAddress?: string
  /** How long it may come late, in milliseconds. */
  readonly lateMs?: number
}

/**
 * The keyring of a Linux desktop by the Secret Service API 0.2: whether it is there and unlocked. Chromium asks for its
 * key in one call that holds the whole app while the person is asked for the keyring's password, and remembers for the
 * rest of the run that it got none: so the keyring is asked here first, and Chromium only once it answers at once.
 */
export class SecretService {
  readonly #options: SecretServiceOptions
  readonly #listeners = new Set<() => void>()
  #bus: Promise<MessageBus> | null = null
  #asking: Promise<SecretServiceState> | null = null
  /** The person closed the prompt: it is not shown again by itself until the keyring was started anew. */
  #isDeclined = false
  /** By the path of the prompt. */
  readonly #prompts = new Map<string, (isDismissed: boolean) => void>()
  readonly #onOwner = new Set<() => void>()

  constructor(options: SecretServiceOptions) {
    this.#options = options
  }

  /**
   * Resolves once it is known; while it is locked the person is asked to unlock it first, which may take minutes. Never
   * rejects.
   */
  state(): Promise<SecretServiceState> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  /** Calls back when another state may be had: the keyring came, or was unlocked. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  async #ask(): Promise<SecretServiceState> {
    try {
      const bus = await this.#connected()
      if (!(await this.#isThere(bus))) return 'away'
      return await this.#unlocked(bus)
    } catch (error) {
      this.#options.log.info('the keyring could not be asked', error)
      return 'away'
    }
  }

  async #isThere(bus: MessageBus): Promise<boolean> {
    if (await bus.nameHasOwner(name)) return true
    // Desktops start it when it is asked for.
    const isStarted = await bus.invoke(startCall, { timeout: answerWithinMs }).then(
      () => true,
      () => false,
    )
    return isStarted || this.#comesLate()
  }

  #comesLate(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isThere: boolean): void => {
        clearTimeout(timer)
        this.#onOwner.delete(come)
        resolve(isThere)
      }
      const come = (): void => settle(true)
      const timer = setTimeout(() => settle(false), this.#options.lateMs ?? lateMs)
      this.#onOwner.add(come)
    })
  }

  async #unlocked(bus: MessageBus): Promise<SecretServiceState> {
    const alias = call(servicePath, serviceInterface, 'ReadAlias', 's', ['default'])
    const collection = z.string().parse(await bus.invoke(alias, { timeout: answerWithinMs }))
    if (collection === nothing) return 'ready'
    const get = call(collection, propertiesInterface, 'Get', 'ss', [collectionInterface, 'Locked'])
    if ((await bus.invoke<unknown>(get, { timeout: answerWithinMs })) !== true) return 'ready'
    if (this.#isDeclined) return 'locked'
    return (await this.#unlock(bus, collection)) ? 'ready' : 'locked'
  }

  async #unlock(bus: MessageBus, collection: string): Promise<boolean> {
    const unlock = call(servicePath, serviceInterface, 'Unlock', 'ao', [[collection]])
    const answer = await new Promise<unknown>((resolve, reject) => {
      bus.invoke(unlock, { timeout: answerWithinMs }, (error, ...values: unknown[]) => {
        if (error === null) resolve(values)
        else reject(error)
      })
    })
    const [, prompt] = unlockSchema.parse(answer)
    if (prompt === nothing) return true
    const isDismissed = await this.#prompted(bus, prompt)
    this.#isDeclined = isDismissed
    return !isDismissed
  }

  /** Resolves to whether the person closed the prompt, or nothing could show it. */
  #prompted(bus: MessageBus, prompt: string): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isDismissed: boolean): void => {
        this.#prompts.delete(prompt)
        resolve(isDismissed)
      }
      this.#prompts.set(prompt, settle)
      void bus
        .invoke(call(prompt, promptInterface, 'Prompt', 's', ['']), { timeout: 0 })
        .catch(() => settle(true))
    })
  }

  #connected(): Promise<MessageBus> {
    this.#bus ??= this.#connect().catch((error: unknown) => {
      this.#bus = null
      throw error
    })
    return this.#bus
  }

  async #connect(): Promise<MessageBus> {
    const onLost = (): void => {
      this.#bus = null
      for (const settle of this.#prompts.values()) settle(true)
    }
    const bus = await connectSessionBus(onLost, this.#options.busAddress)
    bus.connection.on('message', (message) => this.#onMessage(message))
    for (const rule of matchRules) await bus.addMatch(rule)
    return bus
  }

  #onMessage({ type, member, path = '', interface: from, body = [] }: Message): void {
    if (type !== signalType) return
    if (from === promptInterface && member === 'Completed') {
      const completed = completedSchema.safeParse(body)
      this.#prompts.get(path)?.(!completed.success || completed.data[0])
      return
    }
    const isOwner = member === 'NameOwnerChanged' && body[0] === name
    if (!isOwner && !path.startsWith(servicePath)) return
    if (isOwner && body[2] === '') {
      for (const settle of this.#prompts.values()) settle(true)
      return
    }
    if (isOwner) {
      this.#isDeclined = false
      for (const come of this.#onOwner) come()
    }
    // What listens asks, which opens a prompt where it is still locked: not while there is one.
    if (this.#prompts.size === 0) for (const listener of this.#listeners) listener()
  }
}

const call = (path: string, from: string, member: string, signature: string, body: unknown[]): Message => ({
  destination: name,
  path,
  interface: from,
  member,
  signature,
  body,
})

const startCall: Message = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'StartServiceByName',
  signature: 'su',
  body: [name, 0],
}
