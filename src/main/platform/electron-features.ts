import type { SafeStorage } from 'electron'

/**
 * What newer Electrons have and the oldest that we run on (33: Node 20.18, Chrome 130) lacks, in one place. Each is
 * asked for by its presence, not by a version, so that a backport counts.
 *
 * - asynchronous safeStorage (`encryptStringAsync`, …): in 45, not in 33. The synchronous calls are deprecated in 45
 *   and announced to go in 46.
 */
export function hasAsyncSafeStorage(safeStorage: Partial<SafeStorage>): boolean {
  return typeof safeStorage.encryptStringAsync === 'function'
}
