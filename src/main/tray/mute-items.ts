import type { TFunction } from 'i18next'
import type { AppState } from '../../shared/app-state.ts'
import { formatTime } from '../../shared/format.ts'
import { muteChoices } from '../../shared/mute.ts'
import { entry, type MenuItem, type TrayFacts } from './menu-facts.ts'

/** The ways to hold notifications back for a while, and to end that. */
export const muteMenu = ({ quiet }: AppState, t: TFunction): MenuItem => ({
  type: 'submenu',
  label: t('tray.mute.title'),
  items: [
    ...(quiet?.isMuted === true ? [entry(t('tray.mute.end'), { kind: 'unmute' })] : []),
    ...muteChoices.map((choice) => entry(t(`tray.mute.${choice}`), { kind: 'mute', choice })),
  ],
})

/** Until when notifications are held back; none where they are shown. */
export const quietLine = ({ state: { quiet }, now, times, t }: TrayFacts): string[] =>
  quiet === null
    ? []
    : [t(quiet.isMuted ? 'quiet.muted' : 'quiet.hours', { time: formatTime(quiet.until, now, times) })]
