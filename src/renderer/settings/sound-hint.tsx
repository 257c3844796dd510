import { type ReactElement, useEffect, useState } from 'react'
import { bridge } from '../bridge.ts'
import { useSystem, useTexts } from '../hooks.ts'

/** Says so where the desktop plays no sounds with its notifications, or none but its own. */
export function SoundHint(): ReactElement | null {
  const { t } = useTexts()
  const [hasSounds, setHasSounds] = useState(true)
  useEffect(() => void bridge.hasSounds().then(setHasSounds, () => {}), [])
  const isWindows = useSystem() === 'windows'
  if (hasSounds && !isWindows) return null
  return (
    <p className="muted small">{t(isWindows ? 'settings.sound.onWindows' : 'settings.sound.noSounds')}</p>
  )
}
