import type { TFunction } from 'i18next'
import type { Failure } from './failure.ts'

/** The sentence for a failure, with the host that answered in the server's place where that is known. */
export const failureText = (t: TFunction, { kind, host }: Pick<Failure, 'kind' | 'host'>): string =>
  kind === 'portal' && host !== undefined ? t('failureOfHost.portal', { host }) : t(`failure.${kind}`)
