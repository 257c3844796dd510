import type { ReactElement } from 'react'
import type { LinkState } from '../../shared/app-state.ts'
import { failureText } from '../../shared/failure-text.ts'
import type { Failure } from '../../shared/failure.ts'
import { followedServers } from '../../shared/followed.ts'
import { useAppState, useStore, useTexts, useView } from '../hooks.ts'
import { Icon, type IconName } from './icon.tsx'

interface Look {
  readonly icon: IconName
  readonly tone: 'quiet' | 'warning' | 'bad'
}

/** The links that need more than the word in the header. */
const looks = {
  signedOut: { icon: 'signIn', tone: 'quiet' },
  slow: { icon: 'info', tone: 'quiet' },
  offline: { icon: 'offline', tone: 'warning' },
  signInNeeded: { icon: 'signIn', tone: 'bad' },
} as const satisfies Partial<Record<LinkState, Look>>
type BannerLink = keyof typeof looks

/** Whether the banner says it, in words. */
export const hasBanner = (link: LinkState): link is BannerLink => Object.hasOwn(looks, link)
const needsSignIn: ReadonlySet<LinkState> = new Set(['signedOut', 'signInNeeded'])

/** What stands between the person and the servers, and what it means for the jobs. */
export function LinkBanner(): ReactElement {
  const { t } = useTexts()
  const { page } = useView()
  const state = useAppState()
  const followed = followedServers(state)
  // The page to sign in says so itself.
  const isSaid = (link: LinkState): boolean => page === 'connect' && needsSignIn.has(link)
  // The region stays when it is empty: only what changes inside of it is read out.
  return (
    <div aria-live="polite">
      {followed.length === 0 && !isSaid('signedOut') && (
        <Banner link="signedOut" title={t('link.signedOut')} />
      )}
      {followed.map(({ id, name, link, failure }) => {
        if (!hasBanner(link) || isSaid(link)) return null
        const text = t(`link.${link}`)
        const title = followed.length === 1 ? text : t('shell.banner.title', { server: name, text })
        return <Banner key={id} link={link} failure={failure} title={title} />
      })}
    </div>
  )
}

interface BannerProps {
  readonly link: BannerLink
  readonly failure?: Failure | null
  readonly title: string
}

function Banner({ link, failure = null, title }: BannerProps): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const { icon, tone } = looks[link]
  return (
    <div className={`banner tone-${tone}`}>
      <Icon name={icon} />
      <div className="banner-text">
        <strong>{title}</strong>
        <p>
          {link === 'offline' && failure !== null && `${failureText(t, failure)} `}
          {t(`shell.banner.${link}`)}
        </p>
      </div>
      {needsSignIn.has(link) && (
        <button type="button" className="button" onClick={() => setView({ page: 'connect' })}>
          {t('shell.signIn')}
        </button>
      )}
    </div>
  )
}
