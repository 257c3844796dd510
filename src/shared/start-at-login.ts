import { z } from 'zod'

/**
 * Whether the system starts the app when the person logs in, as the system itself tells.
 * `needsApproval`: asked for, and macOS waits for the person to allow it. `turnedOff`: asked for, and then turned off in
 * the system's own settings. `otherCopy`: another copy of the app is started (Linux). `notInstalled`: only an installed
 * app can be. `unknown`: the system does not tell.
 */
export const startAtLoginSchema = z.enum([
  'on',
  'off',
  'needsApproval',
  'turnedOff',
  'otherCopy',
  'notInstalled',
  'unknown',
])
export type StartAtLoginState = z.infer<typeof startAtLoginSchema>

/** How it stands after a wish to change it, and what kept that from coming true; null for nothing. */
export const startAtLoginChangeSchema = z.object({
  state: startAtLoginSchema,
  problem: z.enum(['diskFull', 'noPermission', 'failed']).nullable(),
})
export type StartAtLoginChange = z.infer<typeof startAtLoginChangeSchema>
