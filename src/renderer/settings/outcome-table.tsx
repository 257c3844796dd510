import type { ReactElement } from 'react'
import type { Settings } from '../../shared/settings.ts'
import { useTexts } from '../hooks.ts'
import { JobIcon } from '../jobs/job-icon.tsx'
import { type Choice, listedOutcomes, withChoice } from './outcome-rules.ts'

interface OutcomeTableProps {
  readonly settings: Settings
  readonly onChange: (edit: (settings: Settings) => Settings) => void
}

/** Which outcomes are told, and which with a sound. */
export function OutcomeTable({ settings, onChange }: OutcomeTableProps): ReactElement {
  const { t } = useTexts()
  return (
    <table className="outcomes">
      <thead>
        <tr>
          <th scope="col">{t('settings.notifications.outcome')}</th>
          <th scope="col">{t('settings.notifications.notify')}</th>
          <th scope="col">{t('settings.notifications.sound')}</th>
        </tr>
      </thead>
      <tbody>
        {listedOutcomes.map((outcome) => {
          const { notify, sound } = settings.outcomes[outcome]
          const name = t(`outcome.${outcome}`)
          const choose = (choice: Choice, isOn: boolean): void =>
            onChange((before) => withChoice(before, outcome, choice, isOn))
          return (
            <tr key={outcome}>
              <th scope="row">
                <span className="outcome-name">
                  <JobIcon status={outcome} />
                  {name}
                </span>
              </th>
              <td>
                <input
                  type="checkbox"
                  aria-label={t('settings.notifications.notifyOn', { outcome: name })}
                  checked={notify}
                  onChange={({ target }) => choose('notify', target.checked)}
                />
              </td>
              <td>
                <input
                  type="checkbox"
                  aria-label={t('settings.notifications.soundOn', { outcome: name })}
                  checked={sound}
                  disabled={!notify}
                  onChange={({ target }) => choose('sound', target.checked)}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
