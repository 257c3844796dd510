import type { Workflow } from '../../shared/app-state.ts'
import type { WorkflowInfo } from '../wexflow/server.ts'

/** The workflows of a server as they are shown: what it lists, with the person's stars. */
export class WorkflowList {
  readonly #favourites: () => ReadonlySet<number>
  #infos: readonly WorkflowInfo[] = []
  #shown: readonly Workflow[] = []
  #isKnown = false

  /** @param favourites the ids of those with a star */
  constructor(favourites: () => ReadonlySet<number>) {
    this.#favourites = favourites
  }

  get all(): readonly Workflow[] {
    return this.#shown
  }

  /** Whether the server has listed them. */
  get isKnown(): boolean {
    return this.#isKnown
  }

  get(workflowId: number): Workflow | undefined {
    return this.#shown.find(({ id }) => id === workflowId)
  }

  /** The server has listed them: whether something else is to be shown, which once a minute it mostly is not. */
  take(infos: readonly WorkflowInfo[]): boolean {
    this.#infos = infos
    const shown = this.#withFavourites()
    if (this.#isKnown && JSON.stringify(shown) === JSON.stringify(this.#shown)) return false
    this.#shown = shown
    this.#isKnown = true
    return true
  }

  refreshFavourites(): void {
    this.#shown = this.#withFavourites()
  }

  forget(): void {
    this.#infos = []
    this.#shown = []
    this.#isKnown = false
  }

  #withFavourites(): Workflow[] {
    const favourites = this.#favourites()
    return this.#infos.map(({ id, name, description, isEnabled, isApproval }) => ({
      id,
      name,
      description,
      isEnabled,
      isApproval,
      isFavourite: favourites.has(id),
    }))
  }
}
