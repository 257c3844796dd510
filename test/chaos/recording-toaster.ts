import type { Toast, Toaster, ToastStatus } from '../../src/main/notify/toaster.ts'
import type { Draw } from './draw.ts'
import { after } from './virtual-clock.ts'

/** What a desktop does with a toast. `silent`: it says nothing, ever. */
type Answer = ToastStatus['status'] | 'silent'

/** A notification that was handed to the desktop. Times in milliseconds since 1970. */
export interface ShownToast {
  readonly id: string
  readonly title: string
  readonly at: number
  readonly answeredAt: number
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
  /** It shows everything, and says so at once. */
  isWell = false
  #isGone = false

  constructor(draw: Draw, shown: ShownToast[]) {
    this.#draw = draw
    this.#shown = shown
  }

  async show({ id, title }: Toast): Promise<ToastStatus> {
    if (this.#isGone) return new Promise(() => {})
    const status = this.isWell || this.#draw.chance(0.96) ? 'shown' : this.#draw.pick(answersTo(id))
    const takesMs = this.#draw.between(1, this.isWell || this.#draw.chance(0.99) ? soonMs : lateMs)
    const at = Date.now()
    const toast: ShownToast = { id, title, at, answeredAt: at + takesMs, status: 'silent' }
    this.#shown.push(toast)
    await after(takesMs)
    if (this.#isGone || status === 'silent') return new Promise(() => {})
    toast.status = status
    return { status, reason: status === 'shown' ? '' : 'drawn' }
  }

  withdraw(): void {}

  onReady(): void {}

  /** The app is gone: nobody hears the answers. */
  crash(): void {
    this.#isGone = true
  }
}
