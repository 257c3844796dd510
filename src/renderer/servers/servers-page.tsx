import { type ReactElement, useRef, useState } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import type { Certificate } from '../../shared/certificate.ts'
import { failureText } from '../../shared/failure-text.ts'
import { send } from '../bridge.ts'
import { CertificateView } from '../connect/certificate-view.tsx'
import { useAppState, useJobs, useTexts } from '../hooks.ts'
import { ServerCard } from './server-card.tsx'
import './servers.css'

/** Every server that the app knows: how it stands with each, and what can be done about it. */
export function ServersPage(): ReactElement {
  const { t } = useTexts()
  const { servers } = useAppState()
  const jobs = useJobs()
  const add = useRef<HTMLButtonElement>(null)
  const [looked, setLooked] = useState<Looked | null>(null)
  if (looked !== null) return <ServersCertificate {...looked} onDone={() => setLooked(null)} />
  return (
    <div className="servers-page">
      <div className="servers-heading">
        <h1>{t('servers.title')}</h1>
        <button
          type="button"
          className="button"
          ref={add}
          onClick={() => send({ kind: 'showSignIn', serverId: null })}
        >
          {t('servers.add')}
        </button>
      </div>
      {servers.length === 0 && <p className="muted">{t('servers.none')}</p>}
      <ul className="server-cards">
        {servers.map((server) => (
          <ServerCard
            key={server.id}
            server={server}
            underWay={
              jobs.filter(({ serverId, state }) => serverId === server.id && state.phase !== 'ended').length
            }
            // The card goes away with its buttons.
            onForgotten={() => add.current?.focus()}
            onCertificate={(certificate) => setLooked({ server, certificate })}
          />
        ))}
      </ul>
    </div>
  )
}

/** A certificate that is looked at, and the server as it was then. */
interface Looked {
  readonly server: ServerView
  readonly certificate: Certificate
}

function ServersCertificate({
  server: { id, baseUrl, failure },
  certificate,
  onDone,
}: Looked & { readonly onDone: () => void }): ReactElement {
  const { t } = useTexts()
  const trust = (): void => {
    const { fingerprint } = certificate
    send({ kind: 'trustCertificate', serverId: id, fingerprint })
    onDone()
  }
  return (
    <div className="connect-page">
      <CertificateView
        certificate={certificate}
        host={new URL(baseUrl).host}
        trouble={failure === null ? '' : failureText(t, failure)}
        onTrust={trust}
        onCancel={onDone}
      />
    </div>
  )
}
