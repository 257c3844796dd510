import { createHash } from 'node:crypto'

/**
 * A profile's id: the same for the same user of the same server, so that jobs find their profile again even where the
 * settings were lost. The address must not be read out of it: a profile may get another one.
 */
export const profileIdOf = (baseUrl: string, username: string): string =>
  createHash('sha256')
    .update(JSON.stringify([baseUrl, username]))
    .digest('hex')
    .slice(0, 32)
