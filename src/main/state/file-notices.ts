import { basename } from 'node:path'
import type { JournalProblem } from '../job-store/journaled-map.ts'
import type { AppStoreProblem } from '../settings/app-store.ts'
import type { AppModel } from './app-model.ts'

/** Turns troubles with the app's own files into notices, and withdraws them when they are over. */
export class FileNotices {
  readonly #model: AppModel

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
    if (code === null) this.#model.removeNotice('cannotRemember', file)
    else this.#model.addNotice({ kind: 'cannotRemember', detail: code }, file)
  }
}
