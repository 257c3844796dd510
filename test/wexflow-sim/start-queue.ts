import type { TruthBook } from './truth.ts'

/** The starts that queue for their workflows, by the names that a test gave them: first in first out. */
export class StartQueue {
  readonly #truths: TruthBook
  readonly #names = new Map<number, readonly (string | null)[]>()
  /** Workflows whose queues stand still until something begins them anew, each with since when. */
  readonly #standstills = new Map<number, number>()

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

  /** The workflows whose queues stand still, each with since when. */
  get standstills(): ReadonlyMap<number, number> {
    return new Map(this.#standstills)
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

  /** Those that wait, if any, stand still from now on. */
  standStill(workflowId: number): void {
    if (this.isEmpty(workflowId)) return
    this.#standstills.set(workflowId, Date.now())
    this.#hold(workflowId, true)
  }

  /** Those that stand still do so no longer. */
  moveAgain(workflowId: number): void {
    if (this.#standstills.delete(workflowId)) this.#hold(workflowId, false)
  }

  /** Those that stand still never begin. */
  dropStandstill(workflowId: number): void {
    if (this.#standstills.delete(workflowId)) this.#drop(workflowId)
  }

  /** The workflow is dead: those that wait stand still, and never begin. */
  dropWithWorkflow(workflowId: number): void {
    this.#standstills.delete(workflowId)
    this.#hold(workflowId, true)
    this.#drop(workflowId)
  }

  #drop(workflowId: number): void {
    for (const name of this.#of(workflowId)) this.#truths.startDropped(name, 'byDeadWorkflow')
    this.#names.delete(workflowId)
  }

  #hold(workflowId: number, isHeld: boolean): void {
    for (const name of this.#of(workflowId)) this.#truths.startHeld(name, isHeld)
  }

  #of(workflowId: number): readonly (string | null)[] {
    return this.#names.get(workflowId) ?? []
  }
}
