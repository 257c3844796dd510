import type { Toast, Toaster, ToastStatus } from '../../../src/main/notify/toaster.ts'

/** A system that shows what it is given, or does with it what a test says. */
export class RecordingToaster implements Toaster {
  readonly toasts: Toast[] = []
  answer: () => Promise<ToastStatus> = async () => ({ status: 'shown', reason: '' })

  get titles(): string[] {
    return this.toasts.map(({ title }) => title)
  }

  async show(toast: Toast): Promise<ToastStatus> {
    this.toasts.push(toast)
    return this.answer()
  }

  /** Clicks the newest toast. */
  click(): void {
    this.toasts.at(-1)?.onClick()
  }
}
