import type { Readable } from 'node:stream'

/** Where text goes. */
export interface Output {
  write(text: string): void
  /** Whether a person sees it, so that a line can be rewritten. */
  readonly isTerminal: boolean
}

/** What the command line has of its process. */
export interface Terminal {
  readonly out: Output
  readonly err: Output
  readonly input: Readable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The person's home folder. */
  readonly home: string
  /** The version of this program. */
  readonly version: string
  /** Aborted by Ctrl+C. */
  readonly interrupted: AbortSignal
}
