import { afterEach, expect, it, vi } from 'vitest'
import { runnerOf } from '../../../../src/main/commands.ts'
import { JobActions } from '../../../../src/renderer/jobs/actions/job-actions.ts'
import { type StoreBridge, WindowStore } from '../../../../src/renderer/window-store.ts'
import { refusing } from '../../refusing.ts'

afterEach(() => vi.unstubAllGlobals())

/** What the person can want of jobs, in a window whose main has told it nothing yet. */
function openActions(): JobActions {
  const bridge: StoreBridge = {
    on: () => () => {},
    snapshot: () => null,
    olderJobs: async () => '',
    run: runnerOf(refusing),
  }
  return new JobActions(bridge, new WindowStore(bridge))
}

/** A page on which the copy command works, or does not. */
function pageThat(copies: boolean): void {
  let onCopy: ((event: unknown) => void) | null = null
  vi.stubGlobal('document', {
    addEventListener: (_name: string, listener: (event: unknown) => void) => {
      onCopy = listener
    },
    removeEventListener: () => {},
    execCommand: () => {
      if (copies) onCopy?.({ preventDefault: () => {}, stopPropagation: () => {}, clipboardData: null })
      return copies
    },
  })
}

it.each([
  [true, 'copied'],
  [false, 'copyFailed'],
] as const)('whether a text could be copied is said: %s', (copies, said) => {
  pageThat(copies)
  const actions = openActions()
  actions.copy('No.')
  expect(actions.state().said).toEqual({ kind: said })
})
