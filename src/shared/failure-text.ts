import type { TFunction } from 'i18next'
import type { Failure } from './failure.ts'

/** What of a failure its sentence depends on. */
type Told = Pick<Failure, 'kind' | 'host'>

/** The sentence for a failure, with the host that answered in the server's place where that is known. */
export const failureText = (t: TFunction, { kind, host }: Told): string =>
  kind === 'portal' && host !== undefined ? t('failureOfHost.portal', { host }) : t(`failure.${kind}`)

/** The failures whose sentence doubts the address that was typed. */
const doubtingAddress = ['noSuchHost', 'refused', 'timedOut', 'notHttps', 'notWexflow'] as const

/** The same for a server that the app is signed in to, so that it has answered before: what may have changed there. */
export function outageText(t: TFunction, failure: Told): string {
  const kind = doubtingAddress.find((doubting) => doubting === failure.kind)
  return kind === undefined ? failureText(t, failure) : t(`failureOfKnown.${kind}`)
}
