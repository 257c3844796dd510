import type { ReactElement } from 'react'
import { densities, themes } from '../../shared/choices.ts'
import { useTexts } from '../hooks.ts'
import { LanguageField } from './language-field.tsx'
import { RadioField } from './radio-field.tsx'
import { Section } from './section.tsx'
import type { SettingsProps } from './use-settings-changes.ts'

/** How the app looks, and what it speaks. */
export function AppearanceSection({ settings, change }: SettingsProps): ReactElement {
  const { t } = useTexts()
  return (
    <Section title={t('settings.appearance.title')}>
      <RadioField
        label={t('settings.appearance.theme')}
        values={themes}
        value={settings.theme}
        nameOf={(theme) => t(`settings.appearance.themes.${theme}`)}
        onChange={(theme) => change((before) => ({ ...before, theme }))}
      />
      <RadioField
        label={t('settings.appearance.density')}
        values={densities}
        value={settings.density}
        nameOf={(density) => t(`settings.appearance.densities.${density}`)}
        onChange={(density) => change((before) => ({ ...before, density }))}
      />
      <LanguageField
        value={settings.language}
        onChange={(language) => change((before) => ({ ...before, language }))}
      />
    </Section>
  )
}
