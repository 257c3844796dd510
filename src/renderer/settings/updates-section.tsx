import { type ReactElement, useCallback, useEffect, useState } from 'react'
import type { TFunction } from 'i18next'
import { dateFormat } from '../../shared/format.ts'
import type { UpdateState } from '../../shared/update.ts'
import { bridge, send } from '../bridge.ts'
import { useAppState, useTexts } from '../hooks.ts'
import { CheckField } from './check-field.tsx'
import { Section } from './section.tsx'
import type { SettingsProps } from './use-settings-changes.ts'

/** Whether the app looks for newer versions of itself, and what it found. */
export function UpdatesSection(props: SettingsProps): ReactElement {
  const isReady = useAppState().notices.some(({ kind }) => kind === 'updateReady')
  // What main has found by itself it says by a notice: then all is asked anew.
  return <Updates key={String(isReady)} {...props} />
}

function Updates({ settings, change }: SettingsProps): ReactElement | null {
  const { t, times } = useTexts()
  const [state, setState] = useState<UpdateState | null>(null)
  const look = useCallback((): void => {
    setState({ kind: 'checking' })
    bridge
      .run({ kind: 'checkForUpdates' })
      .then(setState, () => setState({ kind: 'failed', checkedAt: Date.now() }))
  }, [])
  useEffect(() => {
    bridge.updateState().then(
      // Main looks already: what comes of that is the answer to who asks for a look now.
      (now) => (now.kind === 'checking' ? look() : setState(now)),
      () => {},
    )
  }, [look])
  if (state === null) return null
  if (state.kind === 'off')
    return (
      <Section title={t('settings.updates.title')}>
        <p>{t(`settings.updates.off.${state.why}`)}</p>
      </Section>
    )
  return (
    <Section title={t('settings.updates.title')}>
      <CheckField
        label={t('settings.updates.look')}
        hint={t('settings.updates.lookHint')}
        isOn={settings.lookForUpdates}
        onChange={(lookForUpdates) => change((before) => ({ ...before, lookForUpdates }))}
      />
      <div className="settings-line">
        {state.kind === 'ready' ? (
          <button type="button" className="button" onClick={() => send({ kind: 'restartToUpdate' })}>
            {t('settings.updates.restart')}
          </button>
        ) : (
          // Not `disabled` while it looks: the focus would be lost.
          <button
            type="button"
            className="button"
            aria-busy={state.kind === 'checking'}
            onClick={() => state.kind !== 'checking' && look()}
          >
            {t('settings.updates.check')}
          </button>
        )}
        <output className="settings-status">{textOf(state, t, times)}</output>
      </div>
    </Section>
  )
}

function textOf(state: Exclude<UpdateState, { kind: 'off' }>, t: TFunction, times: string): string {
  const time = (at: number): string =>
    dateFormat(times, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
  switch (state.kind) {
    case 'checking':
      return t('settings.updates.checking')
    case 'ready':
      return t('settings.updates.ready', { version: state.version })
    case 'failed':
      return t('settings.updates.failed', { time: time(state.checkedAt) })
    case 'current':
      return state.checkedAt === null ? '' : t('settings.updates.current', { time: time(state.checkedAt) })
  }
}
