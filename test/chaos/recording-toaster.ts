import type { Toast, Toaster, ToastStatus } from '../../src/main/notify/toaster.ts'
import type { Draw } from './draw.ts'

/** What a desktop does with a toast. `silent`: it says nothing, ever. */
type Answer = ToastStatus['status'] | 'silent'

/** A notification that was handed to the desktop. Times in milliseconds since 1970. */
export interface ShownToast {
  readonly id: string
  readonly title: string
  readonly at: number
  answeredAt: number
  /** `silent`: also where the app was gone before the answer came. */
  status: Answer
}

/** A desktop that answers at once, and one that is busy, in milliseconds. */
const soonMs = 25
const lateMs = 40_000

/** Which jobs a summary without an answer was about is nowhere written down, so that it could not be judged. */
const answersTo = (id: string): readonly [Answer, ...Answer[]] =>
  id.startsWith('summary:') ? ['refused'] : ['refused', 'silent']

/** A desktop that mostly shows, sometimes refuses, late or says nothing, and writes down what it was given. */
export class RecordingToaster implements Toaster {
  readonly #draw: Draw
  readonly #shown: ShownToast[]
  readonly #readyListeners: (() => void)[] = []
  /** Those who wait for its answer. */
  readonly #waiting = new Set<(answer: ToastStatus['status']) => void>()
  /** It shows everything, and says so at once. */
  isWell = false
  #isPresent: boolean
  #isGone = false

  /** @param isPresent whether anything shows notifications */
  constructor(draw: Draw, shown: ShownToast[], isPresent: boolean) {
    this.#draw = draw
    this.#shown = shown
    this.#isPresent = isPresent
  }

  async show({ id, title }: Toast): Promise<ToastStatus> {
    if (this.#isGone) return new Promise(() => {})
    const at = Date.now()
    const toast: ShownToast = { id, title, at, answeredAt: at, status: 'silent' }
    this.#shown.push(toast)
    const status = await this.#answer(id)
    if (this.#isGone) return new Promise(() => {})
    toast.answeredAt = Date.now()
    toast.status = status
    return { status, reason: status === 'shown' ? '' : 'drawn' }
  }

  withdraw(): void {}

  onReady(listener: () => void): void {
    this.#readyListeners.push(listener)
  }

  /** What shows notifications comes, or goes: it answers for nothing any more then. */
  setPresent(isPresent: boolean): void {
    this.#isPresent = isPresent
    if (isPresent) for (const listener of this.#readyListeners) listener()
    else for (const answer of this.#waiting) answer('refused')
  }

  /** The app is gone: nobody hears the answers. */
  crash(): void {
    this.#isGone = true
  }

  #answer(id: string): Promise<ToastStatus['status']> {
    const answer = this.isWell || this.#draw.chance(0.96) ? 'shown' : this.#draw.pick(answersTo(id))
    const takesMs = this.#draw.between(1, this.isWell || this.#draw.chance(0.99) ? soonMs : lateMs)
    return new Promise((resolve) => {
      const settle = (status: ToastStatus['status']): void => {
        this.#waiting.delete(settle)
        resolve(status)
      }
      this.#waiting.add(settle)
      if (!this.#isPresent) setTimeout(settle, 1, 'refused')
      else if (answer !== 'silent') setTimeout(settle, takesMs, answer)
    })
  }
}
