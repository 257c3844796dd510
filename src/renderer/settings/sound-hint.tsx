import { type ReactElement, useEffect, useState } from 'react'
import { bridge } from '../bridge.ts'
import { useTexts } from '../hooks.ts'

/** Says so where the desktop plays no sounds with its notifications. */
export function SoundHint(): ReactElement | null {
  const { t } = useTexts()
  const [hasSounds, setHasSounds] = useState(true)
  useEffect(() => void bridge.hasSounds().then(setHasSounds, () => {}), [])
  return hasSounds ? null : <p className="muted small">{t('settings.sound.noSounds')}</p>
}
