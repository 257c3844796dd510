import type { Toast, Toaster, ToastStatus } from '../../src/main/notify/toaster.ts'
import type { Draw } from './draw.ts'
import { after } from './virtual-clock.ts'

/** A notification that was handed to the desktop. Times in milliseconds since 1970. */
export interface ShownToast {
  readonly id: string
  readonly title: string
  readonly at: number
  readonly answeredAt: number
  readonly status: ToastStatus['status']
}

const noAnswerMs = 10_000

/** Which jobs a summary without an answer was about is nowhere written down, so that it could not be judged. */
const silence = (id: string): 'refused' | 'timedOut' => (id.startsWith('summary:') ? 'refused' : 'timedOut')

/** A desktop that mostly shows, sometimes refuses and sometimes says nothing, and writes down what it was given. */
export class RecordingToaster implements Toaster {
  readonly #draw: Draw
  readonly #shown: ShownToast[]
  #isGone = false

  constructor(draw: Draw, shown: ShownToast[]) {
    this.#draw = draw
    this.#shown = shown
  }

  async show({ id, title }: Toast): Promise<ToastStatus> {
    if (this.#isGone) return new Promise(() => {})
    const status = this.#draw.chance(0.97) ? 'shown' : this.#draw.pick(['refused', silence(id)])
    const takesMs = status === 'timedOut' ? noAnswerMs : this.#draw.between(1, 25)
    const at = Date.now()
    this.#shown.push({ id, title, at, answeredAt: at + takesMs, status })
    await after(takesMs)
    if (this.#isGone) return new Promise(() => {})
    return { status, reason: status === 'shown' ? '' : 'drawn' }
  }

  /** The app is gone: nobody hears the answers. */
  crash(): void {
    this.#isGone = true
  }
}
