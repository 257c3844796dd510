/** That the app quits. */
export class Quitting {
  #hasBegun = false
  #begin = (): void => {}
  /** Resolves as it begins to. */
  readonly begun: Promise<void>

  constructor() {
    this.begun = new Promise((resolve) => {
      this.#begin = resolve
    })
  }

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  begin(): void {
    this.#hasBegun = true
    this.#begin()
  }
}
