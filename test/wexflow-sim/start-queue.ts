import type { StartTruth, TruthBook } from './truth.ts'

/** The starts that queue for their workflows, by the names that a test gave them: first in first out. */
export class StartQueue {
  readonly #truths: TruthBook
  readonly #names = new Map<number, readonly (string | null)[]>()

  constructor(truths: TruthBook) {
    this.#truths = truths
  }

  isEmpty(workflowId: number): boolean {
    return this.#of(workflowId).length === 0
  }

  /** The workflows for which any wait. */
  workflowIds(): number[] {
    return [...this.#names.keys()].filter((id) => !this.isEmpty(id))
  }

  add(workflowId: number, name: string | null): void {
    this.#names.set(workflowId, [...this.#of(workflowId), name])
    this.#truths.startTaken({ name, workflowId, answeredId: null, jobId: null })
  }

  /** The one whose turn it is; null where none waits. */
  take(workflowId: number): { readonly name: string | null } | null {
    const [name, ...rest] = this.#of(workflowId)
    if (name === undefined) return null
    this.#names.set(workflowId, rest)
    return { name }
  }

  drop(workflowId: number, why: NonNullable<StartTruth['dropped']>): void {
    for (const name of this.#of(workflowId)) this.#truths.startDropped(name, why)
    this.#names.delete(workflowId)
  }

  /** Those that wait stand still from now on, or no longer. */
  hold(workflowId: number, isHeld: boolean): void {
    for (const name of this.#of(workflowId)) this.#truths.startHeld(name, isHeld)
  }

  #of(workflowId: number): readonly (string | null)[] {
    return this.#names.get(workflowId) ?? []
  }
}
