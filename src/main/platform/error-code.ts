/** The code of an error of the system, such as `ENOSPC`; `unknown` where it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
