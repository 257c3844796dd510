import type { ReactElement } from 'react'
import { formatTime } from '../../shared/format.ts'
import { send } from '../bridge.ts'
import { useAppState, useNow, useTexts } from '../hooks.ts'
import { Icon } from './icon.tsx'

/** Says until when notifications are held back, with the way to end a mute. */
export function QuietBanner(): ReactElement {
  const { t, times } = useTexts()
  const { quiet } = useAppState()
  const now = useNow(false)
  // The region stays when it is empty: only what changes inside of it is read out.
  return (
    <div aria-live="polite">
      {quiet !== null && (
        <div className="banner tone-quiet">
          <Icon name="muted" />
          <p className="banner-text">
            {t(quiet.isMuted ? 'quiet.muted' : 'quiet.hours', { time: formatTime(quiet.until, now, times) })}.{' '}
            {t('quiet.after')}
          </p>
          {quiet.isMuted && (
            <button type="button" className="button" onClick={() => send({ kind: 'unmute' })}>
              {t('quiet.unmute')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
