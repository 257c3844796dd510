import { type ReactElement, useId, useState } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import type { Certificate } from '../../shared/certificate.ts'
import type { FailureKind } from '../../shared/failure.ts'
import { failureText } from '../../shared/failure-text.ts'
import { needsSignIn } from '../../shared/followed.ts'
import { bridge, send } from '../bridge.ts'
import { useTexts } from '../hooks.ts'
import { LinkDot } from '../shell/link-dot.tsx'
import { AskDialog } from '../shell/ask-dialog.tsx'
import { NameForm } from './name-form.tsx'
import { WatchField } from './watch-field.tsx'

interface ServerCardProps {
  readonly server: ServerView
  /** Its jobs that have not ended, as far as the app knows. */
  readonly underWay: number
  /** It is no longer in the list. */
  readonly onForgotten: () => void
  /** Its certificate was read, to be looked at. */
  readonly onCertificate: (certificate: Certificate) => void
}

/** What a look at the certificate, and trust in it, can mend. */
const ofCertificate: ReadonlySet<FailureKind> = new Set([
  'tlsUntrusted',
  'tlsExpired',
  'tlsOtherName',
  'tlsChanged',
])

/** A server: what it is called, how the app stands with it, and what can be done about it. */
export function ServerCard({ server, underWay, onForgotten, onCertificate }: ServerCardProps): ReactElement {
  const { t } = useTexts()
  const titleId = useId()
  const [asked, setAsked] = useState<'signOut' | 'forget' | null>(null)
  const [isUnread, setUnread] = useState(false)
  const { id, name, link, failure } = server
  const isOfCertificate = link === 'offline' && failure !== null && ofCertificate.has(failure.kind)
  const look = async (): Promise<void> => {
    const read = await bridge.run({ kind: 'serverCertificate', serverId: id }).catch(() => null)
    if (read?.ok === true) onCertificate(read.certificate)
    else setUnread(true)
  }
  const signOut = (): void => send({ kind: 'signOut', serverId: id })
  const forget = async (): Promise<void> => {
    setAsked(null)
    // The state that main sends shows how it went.
    await bridge.run({ kind: 'forgetServer', serverId: id }).catch(() => {})
    onForgotten()
  }
  return (
    <li className="server-card" aria-labelledby={titleId}>
      <Facts server={server} underWay={underWay} titleId={titleId} />
      <WatchField server={server} />
      <div className="server-actions">
        {needsSignIn(link) && (
          <button
            type="button"
            className="button button-primary"
            aria-label={t('servers.signInTo', { server: name })}
            onClick={() => send({ kind: 'showSignIn', serverId: id })}
          >
            {t('servers.signIn')}
          </button>
        )}
        {isOfCertificate && (
          <button
            type="button"
            className="button button-primary"
            aria-label={t('servers.lookAtCertificateOf', { server: name })}
            onClick={() => void look()}
          >
            {t('servers.lookAtCertificate')}
          </button>
        )}
        {link === 'offline' && (
          <button
            type="button"
            className="button"
            aria-label={t('servers.connectionTo', { server: name })}
            onClick={() => send({ kind: 'showSignIn', serverId: id })}
          >
            {t('servers.connection')}
          </button>
        )}
        <NameForm server={server} />
        {link !== 'signedOut' && (
          <button
            type="button"
            className="button"
            aria-label={t('servers.signOutOf', { server: name })}
            onClick={() => (underWay > 0 ? setAsked('signOut') : signOut())}
          >
            {t('servers.signOut')}
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-label={t('servers.forgetServer', { server: name })}
          onClick={() => setAsked('forget')}
        >
          {t('servers.forget')}
        </button>
      </div>
      {isUnread && isOfCertificate && <p role="alert">{t('servers.certificateUnread')}</p>}
      {asked === 'signOut' && (
        <AskDialog
          title={t('servers.askSignOut.title', { server: name })}
          texts={[t('servers.askSignOut.text', { count: underWay })]}
          doLabel={t('servers.signOut')}
          onDo={() => {
            setAsked(null)
            signOut()
          }}
          onCancel={() => setAsked(null)}
        />
      )}
      {asked === 'forget' && (
        <AskDialog
          title={t('servers.askForget.title', { server: name })}
          texts={[
            t('servers.askForget.text'),
            ...(underWay > 0 ? [t('servers.askForget.underWay', { count: underWay })] : []),
          ]}
          doLabel={t('servers.forget')}
          onDo={() => void forget()}
          onCancel={() => setAsked(null)}
        />
      )}
    </li>
  )
}

interface FactsProps {
  readonly server: ServerView
  readonly underWay: number
  readonly titleId: string
}

function Facts({ server, underWay, titleId }: FactsProps): ReactElement {
  const { t } = useTexts()
  const { name, baseUrl, username, link, failure } = server
  const isFollowed = !needsSignIn(link)
  return (
    <div className="server-facts">
      <div className="server-title">
        <LinkDot link={link} />
        <h2 id={titleId}>
          <bdi>{name}</bdi>
        </h2>
        <span className="server-link">{t(`link.${link}`)}</span>
      </div>
      <p className="muted">{t('servers.account', { username, address: baseUrl })}</p>
      {link === 'offline' && failure !== null && <p>{failureText(t, failure)}</p>}
      {underWay > 0 && (
        <p>{t(isFollowed ? 'servers.underWay' : 'servers.notFollowed', { count: underWay })}</p>
      )}
    </div>
  )
}
