import { useRef, useState } from 'react'
import type { Settings } from '../../shared/settings.ts'
import { useSettings, useStore } from '../hooks.ts'

/** How the last saving went. `none`: nothing was changed yet. */
export type Saving = 'none' | 'saving' | 'saved' | 'saveFailed'

/** What each part of the page is given. */
export interface SettingsProps {
  readonly settings: Settings
  /** Changes what another has not changed meanwhile. */
  readonly change: (edit: (settings: Settings) => Settings) => void
}

/**
 * The settings as the person wants them, saved with each change. A wish is shown before main has stored it, and the
 * next one builds on it: two quick clicks must not undo each other. What could not be saved is taken back.
 */
export function useSettingsChanges(): SettingsProps & { readonly saving: Saving } {
  const { saveSettings } = useStore()
  const stored = useSettings()
  const latest = useRef<Settings | null>(null)
  const [wanted, setWanted] = useState<Settings | null>(null)
  const [saving, setSaving] = useState<Saving>('none')

  const save = async (settings: Settings): Promise<void> => {
    latest.current = settings
    setWanted(settings)
    setSaving('saving')
    const result = await saveSettings(settings).then(
      () => 'saved' as const,
      () => 'saveFailed' as const,
    )
    if (latest.current !== settings) return
    latest.current = null
    setWanted(null)
    setSaving(result)
  }
  return {
    settings: wanted ?? stored,
    saving,
    change: (edit) => void save(edit(latest.current ?? stored)),
  }
}
