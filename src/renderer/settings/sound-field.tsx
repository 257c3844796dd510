import type { ReactElement } from 'react'
import { bridge } from '../bridge.ts'
import { useSystem, useTexts } from '../hooks.ts'
import { SoundHint } from './sound-hint.tsx'
import { SoundSelect } from './sound-select.tsx'
import type { Heard } from './sounds.ts'

interface SoundFieldProps {
  readonly heard: Heard
  readonly onChange: (heard: Heard) => void
}

/** The sound of an exception: also a file, where the desktop takes one. */
export function SoundField({ heard, onChange }: SoundFieldProps): ReactElement {
  const { t } = useTexts()
  const isLinux = useSystem() === 'linux'
  const choose = async (): Promise<void> => {
    const path = await bridge.run({ kind: 'chooseFile' }).catch(() => null)
    if (path !== null) onChange({ sound: true, chosenSound: { kind: 'file', path } })
  }
  return (
    <fieldset className="radio-field">
      <legend>{t('settings.notifications.sound')}</legend>
      <div className="settings-line">
        <SoundSelect
          heard={heard}
          label={t('settings.notifications.sound')}
          testLabel={t('settings.sound.test')}
          onChange={onChange}
        />
        {isLinux && (
          <button type="button" className="button" onClick={() => void choose()}>
            {t('settings.sound.file')}
          </button>
        )}
      </div>
      {isLinux && <p className="muted small">{t('settings.sound.fileHint')}</p>}
      <SoundHint />
    </fieldset>
  )
}
