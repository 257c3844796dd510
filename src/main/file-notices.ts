import { basename } from 'node:path'
import type { AppModel } from './app-model.ts'
import type { JournalProblem } from './job-store/journaled-map.ts'
import type { AppStoreProblem } from './settings/app-store.ts'

/** Turns troubles with the app's own files into notices, and withdraws them when they are over. */
export class FileNotices {
  readonly #model: AppModel
  /** Why a file can't be written, by the file: one that can be written again must not speak for the other. */
  readonly #refused = new Map<'settings' | 'jobs' | 'told', string>()

  constructor(model: AppModel) {
    this.#model = model
  }

  readonly onSettingsProblem = (problem: AppStoreProblem | null): void => {
    if (problem?.kind === 'damaged')
      this.#model.addNotice({ kind: 'settingsFileDamaged', detail: problem.keptAs })
    else this.#setRefused('settings', problem?.code ?? null)
  }

  readonly onJobsProblem = (problem: JournalProblem | null): void => this.#onJournal('jobs', problem)

  readonly onToldProblem = (problem: JournalProblem | null): void => this.#onJournal('told', problem)

  #onJournal(file: 'jobs' | 'told', problem: JournalProblem | null): void {
    // The folder's path often holds the person's name, and notices go into the diagnostics.
    if (problem?.kind === 'damaged')
      this.#model.addNotice({ kind: 'jobsFileDamaged', detail: basename(problem.keptAs) })
    else this.#setRefused(file, problem?.code ?? null)
  }

  #setRefused(file: 'settings' | 'jobs' | 'told', code: string | null): void {
    if (code === null) this.#refused.delete(file)
    else this.#refused.set(file, code)
    const [detail] = this.#refused.values()
    if (detail === undefined) this.#model.removeNotice('cannotRemember')
    else this.#model.addNotice({ kind: 'cannotRemember', detail })
  }
}
