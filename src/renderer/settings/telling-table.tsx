import type { ReactElement } from 'react'
import type { Telling } from '../../shared/settings.ts'
import { useTexts } from '../hooks.ts'
import { JobIcon } from '../jobs/job-icon.tsx'
import type { Status } from '../jobs/job-status.ts'
import { SoundSelect } from './sound-select.tsx'

/** Something that is told, and how. */
interface Line {
  readonly name: string
  readonly icon: Status
  readonly telling: Telling
  readonly onChange: (part: Partial<Telling>) => void
}

interface TellingTableProps {
  /** What its lines are. */
  readonly title: string
  readonly lines: readonly Line[]
}

/** What is told, with which sound, and whether it stays on the screen. */
export function TellingTable({ title, lines }: TellingTableProps): ReactElement {
  const { t } = useTexts()
  return (
    <table className="tellings">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t('settings.notifications.notify')}</th>
          <th scope="col" title={t('settings.rules.stays')}>
            {t('settings.notifications.stays')}
          </th>
          <th scope="col">{t('settings.notifications.sound')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, icon, telling, onChange }) => (
          <tr key={name}>
            <th scope="row">
              <span className="telling-name">
                <JobIcon status={icon} />
                {name}
              </span>
            </th>
            <td>
              <input
                type="checkbox"
                aria-label={t('settings.notifications.notifyOn', { outcome: name })}
                checked={telling.notify}
                onChange={({ target }) => onChange({ notify: target.checked })}
              />
            </td>
            <td>
              <input
                type="checkbox"
                aria-label={t('settings.notifications.staysOn', { outcome: name })}
                title={t('settings.rules.stays')}
                disabled={!telling.notify}
                checked={telling.stays}
                onChange={({ target }) => onChange({ stays: target.checked })}
              />
            </td>
            <td>
              <SoundSelect
                heard={telling}
                label={t('settings.notifications.soundOn', { outcome: name })}
                testLabel={t('settings.sound.testOf', { outcome: name })}
                isDisabled={!telling.notify}
                onChange={onChange}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
