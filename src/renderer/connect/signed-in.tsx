import type { ReactElement } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import { useStore, useTexts } from '../hooks.ts'
import { SignOutButton } from './sign-out-button.tsx'

/** As whom the person is signed in, and where. */
export function SignedIn({ server }: { readonly server: ServerView }): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  return (
    <section className="signed-in" aria-labelledby="signed-in-title">
      <h1 id="signed-in-title">{t('connect.signedIn.title')}</h1>
      <dl className="facts">
        <dt>{t('connect.signedIn.server')}</dt>
        <dd>{server.baseUrl}</dd>
        <dt>{t('connect.signedIn.username')}</dt>
        <dd>{server.username}</dd>
        <dt>{t('connect.signedIn.state')}</dt>
        <dd>{t(`link.${server.link}`)}</dd>
      </dl>
      <div className="signed-in-actions">
        <button type="button" className="button button-primary" onClick={() => setView({ page: 'jobs' })}>
          {t('connect.signedIn.toJobs')}
        </button>
        <SignOutButton serverId={server.id} />
      </div>
      <p className="muted small">{t('connect.signedIn.signOutHint')}</p>
    </section>
  )
}
