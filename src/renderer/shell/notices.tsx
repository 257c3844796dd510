import type { ReactElement } from 'react'
import type { NoticeKind } from '../../shared/app-state.ts'
import { saidServer } from '../../shared/followed.ts'
import { send } from '../bridge.ts'
import { useAppState, useTexts } from '../hooks.ts'
import { ActionIcon } from '../jobs/actions/action-icon.tsx'
import { Icon } from './icon.tsx'

/** Notices that only inform, and can be closed; all others ask the person to do something. */
const informs: ReadonlySet<NoticeKind> = new Set([
  'noKeychain',
  'keychainNotNow',
  'noTrayHost',
  'noStream',
  'updateReady',
])

/** What the person should know once; each stays as long as it holds, or until it is closed. */
export function Notices(): ReactElement | null {
  const { t, locale } = useTexts()
  const state = useAppState()
  const { servers, notices } = state
  const isSlow = servers.some(({ link }) => link === 'slow')
  // The banner of a slow link says it already.
  const shown = notices.filter(({ kind, isClosed }) => isClosed !== true && (kind !== 'noStream' || !isSlow))
  if (shown.length === 0) return null
  const about = (text: string, serverIds: readonly string[] = []): string => {
    const names = serverIds.flatMap((id) => saidServer(state, id, t) ?? [])
    if (names.length === 0) return text
    const server = new Intl.ListFormat(locale, { type: 'unit' }).format(names)
    return t('shell.banner.title', { server, text })
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, which keys can only do from inside
    <section className="notices" aria-label={t('shell.notices')} tabIndex={0}>
      <ul>
        {shown.map(({ kind, detail, serverIds }) => (
          <li key={kind} className={`banner tone-${informs.has(kind) ? 'quiet' : 'warning'}`}>
            <Icon name={informs.has(kind) ? 'info' : 'warning'} />
            <p className="banner-text">{about(t(`notice.${kind}`, { detail }), serverIds)}</p>
            {kind === 'updateReady' && (
              <button type="button" className="button" onClick={() => send({ kind: 'restartToUpdate' })}>
                {t('settings.updates.restart')}
              </button>
            )}
            {informs.has(kind) && (
              <button
                type="button"
                className="tool"
                aria-label={t('button.close')}
                onClick={() => send({ kind: 'closeNotice', notice: kind })}
              >
                <ActionIcon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
