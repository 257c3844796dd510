import type { Question, QuestionKind } from './decide/decision.ts'

/** How many questions are under way at once: enough to be quick, too few to trouble a server. */
const mostAtOnce = 6

interface Pending {
  /** Milliseconds of `performance.now()`, which no setting of the clock moves. */
  readonly due: number
  readonly timer: NodeJS.Timeout
}

/**
 * Asks the server what the decision wants to know, each question when it is due, a few at a time. Of two equal
 * questions about one job only the earlier is asked.
 */
export class Questions {
  readonly #answer: (key: string, kind: QuestionKind) => Promise<void>
  readonly #waiting = new Map<string, Pending>()
  readonly #ready = new Map<string, () => Promise<void>>()
  #underWay = 0
  #whenIdle: (() => void)[] = []

  /** `answer` asks one question and applies what comes; it never rejects. */
  constructor(answer: (key: string, kind: QuestionKind) => Promise<void>) {
    this.#answer = answer
  }

  ask(key: string, { kind, inMs }: Question): void {
    const id = `${kind} ${key}`
    if (this.#ready.has(id)) return
    const due = performance.now() + inMs
    const pending = this.#waiting.get(id)
    if (pending !== undefined && pending.due <= due) return
    clearTimeout(pending?.timer)
    const run = (): Promise<void> => this.#answer(key, kind)
    if (inMs > 0) {
      const timer = setTimeout(() => this.#makeReady(id, run), inMs)
      this.#waiting.set(id, { due, timer })
      return
    }
    this.#makeReady(id, run)
  }

  /** Resolves once nothing is due or under way, or after this many milliseconds; questions for later do not count. */
  idle(withinMs: number): Promise<void> {
    if (this.#underWay === 0 && this.#ready.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs)
      this.#whenIdle.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  /** Forgets every question; nobody waits for the answers of those under way. */
  clear(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer)
    this.#waiting.clear()
    this.#ready.clear()
    this.#resolveIdle()
  }

  #makeReady(id: string, run: () => Promise<void>): void {
    this.#waiting.delete(id)
    this.#ready.set(id, run)
    this.#runReady()
  }

  #runReady(): void {
    for (const [id, run] of this.#ready) {
      if (this.#underWay >= mostAtOnce) return
      this.#ready.delete(id)
      this.#underWay += 1
      void run().finally(() => {
        this.#underWay -= 1
        this.#runReady()
        this.#tellIdle()
      })
    }
  }

  #tellIdle(): void {
    if (this.#underWay > 0 || this.#ready.size > 0) return
    this.#resolveIdle()
  }

  #resolveIdle(): void {
    const waiting = this.#whenIdle
    this.#whenIdle = []
    for (const resolve of waiting) resolve()
  }
}
