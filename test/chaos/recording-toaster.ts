import { toldPhases } from '../../src/shared/told-phase.ts'
import type { Toast, Toaster, ToastStatus } from '../../src/main/notify/toaster.ts'
import type { Draw } from './draw.ts'

/** What a desktop does with a toast. `silent`: it says nothing, ever. */
type Answer = ToastStatus['status'] | 'silent'

/** A notification that was handed to the desktop. Times in milliseconds since 1970. */
export interface ShownToast {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly at: number
  answeredAt: number
  /** `silent`: also where the app was gone before the answer came. */
  status: Answer
}

/** A desktop that answers at once, and one that is busy, in milliseconds. */
const soonMs = 25
const lateMs = 40_000

/**
 * How a desktop is: `usual`: mostly shows, sometimes refuses, answers late or never; `well`: shows everything, and says so
 * at once; `absent`: nothing is there that shows notifications.
 */
export type DesktopMood = 'usual' | 'well' | 'refusing' | 'late' | 'absent'

/** Whether a toast tells of several jobs at once. */
const isSummary = (id: string): boolean =>
  id.startsWith('summary:') || toldPhases.some((phase) => id === `phase:${phase}`)

/** Which jobs a summary without an answer was about is nowhere written down, so that it could not be judged. */
const answersTo = (id: string): readonly [Answer, ...Answer[]] =>
  isSummary(id) ? ['refused'] : ['refused', 'silent']

/** A desktop of many moods, which writes down what it was given. */
export class RecordingToaster implements Toaster {
  readonly #draw: Draw
  readonly #shown: ShownToast[]
  readonly #readyListeners: (() => void)[] = []
  /** The ids of the toasts that are on it. */
  readonly #standing = new Set<string>()
  /** Those who wait for its answer. */
  readonly #waiting = new Set<(answer: ToastStatus['status']) => void>()
  #mood: DesktopMood
  #isGone = false

  constructor(draw: Draw, shown: ShownToast[], mood: DesktopMood) {
    this.#draw = draw
    this.#shown = shown
    this.#mood = mood
  }

  async show({ id, title, body, replaces = id }: Toast): Promise<ToastStatus> {
    if (this.#isGone) return new Promise(() => {})
    const at = Date.now()
    const toast: ShownToast = { id, title, body, at, answeredAt: at, status: 'silent' }
    this.#shown.push(toast)
    const status = await this.#answer(id)
    if (this.#isGone) return new Promise(() => {})
    toast.answeredAt = Date.now()
    toast.status = status
    if (status === 'shown') {
      this.#standing.delete(replaces)
      this.#standing.add(id)
    }
    return { status, reason: status === 'shown' ? '' : 'drawn' }
  }

  withdraw(id: string): void {
    this.#standing.delete(id)
  }

  isStanding(id: string): boolean {
    return this.#standing.has(id)
  }

  async hasSounds(): Promise<boolean> {
    return true
  }

  onReady(listener: () => void): void {
    this.#readyListeners.push(listener)
  }

  /** What shows notifications says that it has come; where it goes, it answers for nothing any more. */
  setMood(mood: DesktopMood): void {
    const was = this.#mood
    this.#mood = mood
    if (mood === 'absent') this.#standing.clear()
    if (mood === 'absent') for (const answer of this.#waiting) answer('refused')
    else if (was === 'absent') for (const listener of this.#readyListeners) listener()
  }

  /** The app is gone: nobody hears the answers. */
  crash(): void {
    this.#isGone = true
  }

  #answer(id: string): Promise<ToastStatus['status']> {
    const mood = this.#mood
    const answer = mood === 'well' || this.#draw.chance(0.96) ? 'shown' : this.#draw.pick(answersTo(id))
    const isLate = mood === 'late' || (mood !== 'well' && !this.#draw.chance(0.99))
    const takesMs = this.#draw.between(1, isLate ? lateMs : soonMs)
    return new Promise((resolve) => {
      const settle = (status: ToastStatus['status']): void => {
        this.#waiting.delete(settle)
        resolve(status)
      }
      this.#waiting.add(settle)
      if (mood === 'absent') setTimeout(settle, 1, 'refused')
      else if (mood === 'refusing') setTimeout(settle, takesMs, 'refused')
      else if (answer !== 'silent') setTimeout(settle, takesMs, answer)
    })
  }
}
