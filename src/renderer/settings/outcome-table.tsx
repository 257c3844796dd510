import type { ReactElement } from 'react'
import type { OutcomeRule, Settings } from '../../shared/settings.ts'
import { useTexts } from '../hooks.ts'
import { JobIcon } from '../jobs/job-icon.tsx'
import { listedOutcomes, withOutcomeRule } from './outcome-rules.ts'
import { SoundSelect } from './sound-select.tsx'

interface OutcomeTableProps {
  readonly settings: Settings
  readonly onChange: (edit: (settings: Settings) => Settings) => void
}

/** Which outcomes are told, and with which sound. */
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
          const rule = settings.outcomes[outcome]
          const name = t(`outcome.${outcome}`)
          const choose = (part: Partial<OutcomeRule>): void =>
            onChange((before) => withOutcomeRule(before, outcome, part))
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
                  checked={rule.notify}
                  onChange={({ target }) => choose({ notify: target.checked })}
                />
              </td>
              <td>
                <SoundSelect
                  heard={rule}
                  label={t('settings.notifications.soundOn', { outcome: name })}
                  testLabel={t('settings.sound.testOf', { outcome: name })}
                  isDisabled={!rule.notify}
                  onChange={choose}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
