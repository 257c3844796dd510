import { asRead } from '../../desktop/as-read.ts'
import type { Toast, Toaster, ToastStatus } from '../../../src/main/notify/toaster.ts'

/** A system that shows what it is given, or does with it what a test says. */
export class RecordingToaster implements Toaster {
  /** Their texts are as a person reads them. */
  readonly toasts: Toast[] = []
  /** The ids of the toasts that were withdrawn. */
  readonly withdrawn: string[] = []
  /** The ids of the toasts that are on the screen. */
  readonly standing = new Set<string>()
  readonly #readyListeners: (() => void)[] = []
  answer: () => Promise<ToastStatus> = async () => ({ status: 'shown', reason: '' })

  get titles(): string[] {
    return this.toasts.map(({ title }) => title)
  }

  async show(toast: Toast): Promise<ToastStatus> {
    this.toasts.push({ ...toast, title: asRead(toast.title), body: asRead(toast.body) })
    const answer = await this.answer()
    if (answer.status === 'refused') return answer
    if (toast.replaces !== undefined) this.standing.delete(toast.replaces)
    this.standing.add(toast.id)
    return answer
  }

  withdraw(id: string): void {
    this.withdrawn.push(id)
    this.standing.delete(id)
  }

  isStanding(id: string): boolean {
    return this.standing.has(id)
  }

  async hasSounds(): Promise<boolean> {
    return true
  }

  onReady(listener: () => void): void {
    this.#readyListeners.push(listener)
  }

  /** Something that shows notifications has come. */
  ready(): void {
    for (const listener of this.#readyListeners) listener()
  }

  /** Clicks the newest toast. */
  click(): void {
    this.toasts.at(-1)?.onClick()
  }

  /** Presses a button of the newest toast. */
  press(action: string): void {
    this.toasts.at(-1)?.onAction(action)
  }
}
