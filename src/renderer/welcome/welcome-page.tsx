import type { ReactElement, ReactNode } from 'react'
import { useAppState, useDesktop, useSettings, useStore, useTexts } from '../hooks.ts'
import { NotificationTest } from './notification-test.tsx'
import './welcome.css'

/** What happens from now on, told once after the first sign-in. */
export function WelcomePage(): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const { whenClosed } = useSettings()
  const desktop = useDesktop()
  const hasTray = useAppState().notices.every(({ kind }) => kind !== 'noTrayHost')
  const withoutTray = desktop === 'gnome' ? 'welcome.icon.gnomeNone' : 'welcome.icon.none'
  return (
    <div className="welcome-page">
      <h1>{t('welcome.title')}</h1>
      <Part title={t('welcome.follow.title')}>
        <p>{t('welcome.follow.text')}</p>
      </Part>
      <Part title={t(`welcome.close.${whenClosed}.title`)}>
        <p>{t(`welcome.close.${whenClosed}.text`)}</p>
      </Part>
      <Part title={t('welcome.icon.title')}>
        <p>{t(hasTray ? `welcome.icon.${desktop}` : withoutTray)}</p>
        {hasTray && <p>{t('welcome.icon.use')}</p>}
      </Part>
      <Part title={t('welcome.test.title')}>
        <NotificationTest />
      </Part>
      <button
        type="button"
        className="button button-primary welcome-go"
        onClick={() => setView({ page: 'jobs' })}
      >
        {t('welcome.go')}
      </button>
    </div>
  )
}

const Part = ({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}): ReactElement => (
  <section className="welcome-part">
    <h2>{title}</h2>
    {children}
  </section>
)
