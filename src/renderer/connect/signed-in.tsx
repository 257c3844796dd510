import type { ReactElement } from 'react'
import type { LinkState, Profile } from '../../shared/app-state.ts'
import { bridge } from '../bridge.ts'
import { useStore, useTexts } from '../hooks.ts'

interface SignedInProps {
  readonly profile: Profile
  readonly link: LinkState
}

/** As whom the person is signed in, and where. */
export function SignedIn({ profile, link }: SignedInProps): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  return (
    <section className="signed-in" aria-labelledby="signed-in-title">
      <h1 id="signed-in-title">{t('connect.signedIn.title')}</h1>
      <dl className="facts">
        <dt>{t('connect.signedIn.server')}</dt>
        <dd>{profile.baseUrl}</dd>
        <dt>{t('connect.signedIn.username')}</dt>
        <dd>{profile.username}</dd>
        <dt>{t('connect.signedIn.state')}</dt>
        <dd>{t(`link.${link}`)}</dd>
      </dl>
      <div className="signed-in-actions">
        <button type="button" className="button button-primary" onClick={() => setView({ page: 'jobs' })}>
          {t('connect.signedIn.toJobs')}
        </button>
        {/* Main logs a sign-out that fails; the state that it sends shows how it went. */}
        <button type="button" className="button" onClick={() => void bridge.signOut().catch(() => {})}>
          {t('connect.signedIn.signOut')}
        </button>
      </div>
      <p className="muted small">{t('connect.signedIn.signOutHint')}</p>
    </section>
  )
}
