import type { ReactElement } from 'react'
import type { NoticeKind } from '../../shared/app-state.ts'
import { useAppState, useTexts } from '../hooks.ts'
import { Icon } from './icon.tsx'

/** Notices that only inform; all others ask the person to do something. */
const informs: ReadonlySet<NoticeKind> = new Set(['noKeychain', 'noTrayHost', 'noStream'])

/** What the person should know once; each stays as long as it holds. */
export function Notices(): ReactElement | null {
  const { t } = useTexts()
  const { servers, notices } = useAppState()
  const isSlow = servers.some(({ link }) => link === 'slow')
  // The banner of a slow link says it already.
  const shown = notices.filter(({ kind }) => kind !== 'noStream' || !isSlow)
  if (shown.length === 0) return null
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, which keys can only do from inside
    <section className="notices" aria-label={t('shell.notices')} tabIndex={0}>
      <ul>
        {shown.map(({ kind, detail }) => (
          <li key={kind} className={`banner tone-${informs.has(kind) ? 'quiet' : 'warning'}`}>
            <Icon name={informs.has(kind) ? 'info' : 'warning'} />
            <p className="banner-text">{t(`notice.${kind}`, { detail })}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
