import type { Control } from '../main/control/control.ts'
import type { ControlServer } from '../main/control/protocol.ts'

/** What the commands work on: the app that runs, or one in this process. */
export interface Session {
  readonly control: Control
  /** The servers that are meant. */
  readonly servers: readonly ControlServer[]
  /** Resolves once the jobs that go on there are known. */
  jobsKnown(): Promise<void>
  close(): Promise<void>
}
