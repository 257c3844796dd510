import { type ReactElement, useEffect, useId, useState } from 'react'
import type { StartAtLoginChange, StartAtLoginState } from '../../shared/start-at-login.ts'
import { bridge } from '../bridge.ts'
import { useTexts } from '../hooks.ts'

/** In these the system has been asked to start the app. */
const asked: ReadonlySet<StartAtLoginState> = new Set(['on', 'needsApproval'])

/** Whether the system starts the app at login: what the system says, whose own settings may change it as well. */
export function LoginField(): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const { state, problem, set } = useStartAtLogin()
  return (
    <div className="check-field">
      <label className="settings-choice">
        <input
          type="checkbox"
          checked={state !== null && asked.has(state)}
          disabled={state === null || state === 'notInstalled'}
          aria-describedby={id}
          onChange={({ target }) => set(target.checked)}
        />
        {t('settings.login.label')}
      </label>
      <p className="muted small" id={id}>
        {state !== null && t(`settings.login.${state === 'on' || state === 'off' ? 'hint' : state}`)}
      </p>
      {problem !== null && (
        <p className="field-error" role="alert">
          {t(`settings.login.problem.${problem}`)}
        </p>
      )}
    </div>
  )
}

/** Asks the system now, and again whenever the person comes back to the window. `state`: null until it has answered. */
function useStartAtLogin(): {
  readonly state: StartAtLoginState | null
  readonly problem: StartAtLoginChange['problem']
  readonly set: (isOn: boolean) => void
} {
  const [state, setState] = useState<StartAtLoginState | null>(null)
  const [problem, setProblem] = useState<StartAtLoginChange['problem']>(null)
  useEffect(() => {
    const read = (): void => void bridge.startAtLogin().then(setState, () => setState('unknown'))
    read()
    window.addEventListener('focus', read)
    return () => window.removeEventListener('focus', read)
  }, [])
  const change = async (isOn: boolean): Promise<void> => {
    setProblem(null)
    try {
      const after = await bridge.run({ kind: 'setStartAtLogin', isOn })
      setState(after.state)
      setProblem(after.problem)
    } catch {
      setProblem('failed')
    }
  }
  return { state, problem, set: (isOn) => void change(isOn) }
}
