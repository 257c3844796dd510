import type { ReactElement } from 'react'
import { send } from '../bridge.ts'
import { useSystem, useTexts } from '../hooks.ts'
import { ActionIcon } from '../jobs/actions/action-icon.tsx'
import { choiceOf, type Heard, soundChoices, soundText, withSoundChoice } from './sounds.ts'

interface SoundSelectProps {
  readonly heard: Heard
  /** Of the list, for who hears it without what stands around it. */
  readonly label: string
  /** Of the button that shows a notification with the sound. */
  readonly testLabel: string
  readonly isDisabled?: boolean
  readonly onChange: (heard: Heard) => void
}

/** Which sound a notification has, and a button that lets it be heard. */
export function SoundSelect({
  heard,
  label,
  testLabel,
  isDisabled = false,
  onChange,
}: SoundSelectProps): ReactElement {
  const { t } = useTexts()
  const system = useSystem()
  const choices = soundChoices(heard, system)
  return (
    <div className="sound-select">
      <select
        className="input"
        aria-label={label}
        disabled={isDisabled}
        value={choiceOf(heard, system)}
        onChange={({ target }) => {
          const choice = choices.find((one) => one === target.value)
          if (choice !== undefined) onChange(withSoundChoice(heard, choice))
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {soundText(heard, choice, t)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button rule-tool"
        aria-label={testLabel}
        title={t('settings.sound.test')}
        disabled={isDisabled || !heard.sound}
        onClick={() => send({ kind: 'testNotification', sound: heard.chosenSound })}
      >
        <ActionIcon name="resume" />
      </button>
    </div>
  )
}
