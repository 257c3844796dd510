import dbus, { type MessageBus, type NameRegistration } from 'dbus-native'

const name = 'org.freedesktop.secrets'
const servicePath = '/org/freedesktop/secrets'
const collectionPath = `${servicePath}/collection/login`
const promptPath = `${servicePath}/prompt/1`

/** Stands in for a desktop's keyring as far as its lock goes (Secret Service API 0.2), and for the person before it. */
export class SecretServiceStandIn {
  readonly #bus: MessageBus
  #name: NameRegistration | null = null
  isLocked = false
  /** How often the person was asked for the keyring's password. */
  prompts = 0
  #complete: (isDismissed: boolean) => void = () => {}
  #changed: () => void = () => {}

  private constructor(bus: MessageBus) {
    this.#bus = bus
  }

  /** Exports it; it has its name once it comes. */
  static async open(bus: MessageBus): Promise<SecretServiceStandIn> {
    const service = new SecretServiceStandIn(bus)
    const main = dbus.defineInterface({
      name: 'org.freedesktop.Secret.Service',
      methods: {
        ReadAlias: { in: { name: 's' }, out: { path: 'o' }, handler: () => collectionPath },
        Unlock: {
          in: { paths: 'ao' },
          out: { unlocked: 'ao', prompt: 'o' },
          handler: () => ({ unlocked: [], prompt: promptPath }),
        },
      },
      signals: { CollectionChanged: { args: { path: 'o' } } },
    })
    const collection = dbus.defineInterface({
      name: 'org.freedesktop.Secret.Collection',
      methods: {},
      properties: { Locked: { type: 'b', access: 'read', get: () => service.isLocked } },
    })
    const prompt = dbus.defineInterface({
      name: 'org.freedesktop.Secret.Prompt',
      methods: {
        Prompt: {
          in: { window: 's' },
          handler: () => {
            service.prompts += 1
          },
        },
      },
      signals: { Completed: { args: { dismissed: 'b', result: 'v' } } },
    })
    await bus.export(servicePath, main)
    await bus.export(collectionPath, collection)
    await bus.export(promptPath, prompt)
    service.#complete = (isDismissed) => prompt.emit['Completed']?.(isDismissed, new dbus.Variant('s', ''))
    service.#changed = () => main.emit['CollectionChanged']?.(collectionPath)
    return service
  }

  async come(): Promise<void> {
    this.#name ??= await this.#bus.ownName(name)
  }

  async leave(): Promise<void> {
    await this.#name?.release()
    this.#name = null
  }

  /** The person answers the prompt, or unlocks it elsewhere. */
  unlock(): void {
    this.isLocked = false
    this.#complete(false)
    this.#changed()
  }

  /** The person closes the prompt. */
  decline(): void {
    this.#complete(true)
  }
}
