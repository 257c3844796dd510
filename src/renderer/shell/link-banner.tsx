import type { ReactElement } from 'react'
import type { LinkState } from '../../shared/app-state.ts'
import type { Command } from '../../shared/commands.ts'
import { failureText } from '../../shared/failure-text.ts'
import type { Failure } from '../../shared/failure.ts'
import { followedServers, needsSignIn, saidServer, signInCommand } from '../../shared/followed.ts'
import { send } from '../bridge.ts'
import { useAppState, usePage, useTexts } from '../hooks.ts'
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

const hasBanner = (link: LinkState): link is BannerLink => Object.hasOwn(looks, link)

/** What stands between the person and the servers, and what it means for the jobs. */
export function LinkBanner(): ReactElement {
  const { t } = useTexts()
  const page = usePage()
  const state = useAppState()
  const followed = followedServers(state)
  // These pages say so themselves: the form of the server that it is for, the list of all.
  const isSaid = (link: LinkState, serverId: string | null): boolean =>
    page === 'servers' || (page === 'connect' && needsSignIn(link) && serverId === state.shownId)
  // The region stays when it is empty: only what changes inside of it is read out.
  return (
    <div aria-live="polite">
      {followed.length === 0 && page !== 'connect' && page !== 'servers' && (
        <Banner link="signedOut" title={t('link.signedOut')} signIn={signInCommand(state)} />
      )}
      {followed.map(({ id, link, failure }) => {
        if (!hasBanner(link) || isSaid(link, id)) return null
        const text = t(`link.${link}`)
        const server = saidServer(state, id, t)
        const title = server === null ? text : t('shell.banner.title', { server, text })
        const signIn = { kind: 'showSignIn', serverId: id } as const
        return <Banner key={id} link={link} failure={failure} title={title} signIn={signIn} />
      })}
    </div>
  )
}

/** Whether the failure says more than the link's own words. */
const isSaidHere = (link: LinkState, { kind }: Failure): boolean =>
  link === 'offline' || kind === 'keychainLocked' || kind === 'keychainAway'

interface BannerProps {
  readonly link: BannerLink
  readonly failure?: Failure | null
  readonly title: string
  /** Leads to the form. */
  readonly signIn: Command
}

function Banner({ link, failure = null, title, signIn }: BannerProps): ReactElement {
  const { t } = useTexts()
  const { icon, tone } = looks[link]
  return (
    <div className={`banner tone-${tone}`}>
      <Icon name={icon} />
      <div className="banner-text">
        <strong>{title}</strong>
        <p>
          {failure !== null && isSaidHere(link, failure) && `${failureText(t, failure)} `}
          {t(`shell.banner.${link}`)}
        </p>
      </div>
      {needsSignIn(link) && (
        <button type="button" className="button" onClick={() => send(signIn)}>
          {t('shell.signIn')}
        </button>
      )}
    </div>
  )
}
