import { WexflowError } from '../wexflow/errors.ts'
import { isServersWord } from '../wexflow/failures.ts'

/**
 * For a `catch`: what stands for an answer that the server itself refuses or can't give, such as one log of many. Any
 * other error is thrown on.
 */
export const insteadOfRefusal =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    if (error instanceof WexflowError && isServersWord(error.failure)) return value
    throw error
  }
