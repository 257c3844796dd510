import type { TFunction } from 'i18next'
import type { Failure } from './failure.ts'

/** What of a failure its sentence depends on. */
type Told = Pick<Failure, 'kind' | 'host'>

/** The sentence for a failure at an address that nothing has answered at yet: it may be mistyped. */
export const firstFailureText = (t: TFunction, { kind, host }: Told): string =>
  kind === 'portal' && host !== undefined ? t('failureOfHost.portal', { host }) : t(`failure.${kind}`)

/** The failures whose first sentence doubts the address. */
const doubtingAddress = ['noSuchHost', 'refused', 'timedOut', 'notHttps', 'notWexflow'] as const

/** The same of a server that the app has signed in to, so that its address is right: what may have changed there. */
export function failureText(t: TFunction, failure: Told): string {
  const kind = doubtingAddress.find((doubting) => doubting === failure.kind)
  return kind === undefined ? firstFailureText(t, failure) : t(`failureOfKnown.${kind}`)
}
