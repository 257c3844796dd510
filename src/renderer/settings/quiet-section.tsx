import { type ReactElement, useId, useState } from 'react'
import { dateFormat } from '../../shared/format.ts'
import { extentOf, type QuietHours } from '../../shared/quiet-hours.ts'
import { useTexts } from '../hooks.ts'
import { CheckField } from './check-field.tsx'
import { Section } from './section.tsx'
import { minutesOf, timeOf } from './time-of-day.ts'
import type { SettingsProps } from './use-settings-changes.ts'

/** As `Date.getDay` counts them, in the order of most calendars. */
const weekdays = [1, 2, 3, 4, 5, 6, 0]
/** A Sunday. */
const firstOfWeek = Date.UTC(2023, 0, 1)
const dayMs = 86_400_000

/** When no notifications are shown, day after day. */
export function QuietSection({ settings: { quietHours }, change }: SettingsProps): ReactElement {
  const { t } = useTexts()
  const edit = (part: Partial<QuietHours>): void =>
    change((before) => ({
      ...before,
      quietHours: { ...before.quietHours, ...part, days: [...(part.days ?? before.quietHours.days)] },
    }))
  return (
    <Section title={t('settings.quiet.title')} hint={t('settings.quiet.hint')}>
      <CheckField
        label={t('settings.quiet.isOn')}
        isOn={quietHours.isOn}
        onChange={(isOn) => edit({ isOn })}
      />
      {quietHours.isOn && <QuietHoursFields hours={quietHours} onChange={edit} />}
    </Section>
  )
}

interface QuietHoursFieldsProps {
  readonly hours: QuietHours
  readonly onChange: (part: Partial<QuietHours>) => void
}

function QuietHoursFields({ hours, onChange }: QuietHoursFieldsProps): ReactElement {
  const { t, locale } = useTexts()
  const { days, from, to } = hours
  const extent = extentOf(hours)
  const weekday = dateFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return (
    <>
      <fieldset className="radio-field">
        <legend>{t('settings.quiet.days')}</legend>
        <div className="radios">
          {weekdays.map((day) => (
            <label key={day} className="settings-choice">
              <input
                type="checkbox"
                checked={days.includes(day)}
                onChange={({ target: { checked } }) =>
                  onChange({ days: checked ? [...days, day] : days.filter((one) => one !== day) })
                }
              />
              {weekday.format(firstOfWeek + day * dayMs)}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="settings-line">
        <TimeField
          label={t('settings.quiet.from')}
          value={from}
          onChange={(value) => onChange({ from: value })}
        />
        <TimeField label={t('settings.quiet.to')} value={to} onChange={(value) => onChange({ to: value })} />
      </div>
      <output className="muted small">{extent !== 'sameDay' && t(`settings.quiet.extent.${extent}`)}</output>
    </>
  )
}

interface TimeFieldProps {
  readonly label: string
  /** Minutes since midnight. */
  readonly value: number
  readonly onChange: (value: number) => void
}

/** A time of the day; one that is not typed to its end changes nothing. */
function TimeField({ label, value, onChange }: TimeFieldProps): ReactElement {
  const id = useId()
  // Null: nothing is typed that is not whole, the field shows what is stored.
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <div className="time-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="time"
        className="input"
        required
        value={typed ?? timeOf(value)}
        onChange={({ target }) => {
          const minutes = minutesOf(target.value)
          setTyped(minutes === null ? target.value : null)
          if (minutes !== null) onChange(minutes)
        }}
        onBlur={() => setTyped(null)}
      />
    </div>
  )
}
