import type { Job } from '../../shared/job.ts'

/** What changed in the store. */
export interface JobChanges {
  readonly changed: readonly Job[]
  readonly removed: readonly string[]
}

/** A trouble with the jobs file that the person is told of. */
export type StoreProblem =
  | { readonly kind: 'damaged'; readonly keptAs: string }
  | { readonly kind: 'cannotWrite'; readonly code: string }

export interface JobStoreOptions {
  /** The folder of the jobs file. */
  readonly folder: string
  /** How many ended jobs are kept. */
  readonly keep: () => number
  /** Called when the file is damaged or can't be written, and with null when it can be written again. */
  readonly onProblem: (problem: StoreProblem | null) => void
}

/** All jobs that the app knows, in memory, and written through to disk. */
export class JobStore {
  /** Reads the jobs file. Never rejects: a damaged file is kept aside and told by `onProblem`. */
  static open(_options: JobStoreOptions): Promise<JobStore> {
    return Promise.resolve(new JobStore())
  }

  /** All jobs, newest request first. */
  list(): readonly Job[] {
    return []
  }

  get(_key: string): Job | undefined {
    return undefined
  }

  /** Adds or replaces a job in memory at once; the disk follows. */
  put(_job: Job): void {}

  /** Resolves once everything that was put so far is on disk, or the disk has refused it. */
  flush(): Promise<void> {
    return Promise.resolve()
  }

  /** Listens to changes, several puts of one turn as one; returns the function that stops listening. */
  onChange(_listener: (changes: JobChanges) => void): () => void {
    return () => {}
  }
}
