import { type ReactElement, useEffect, useState } from 'react'
import type { StartAtLoginChange, StartAtLoginState } from '../../shared/start-at-login.ts'
import { bridge } from '../bridge.ts'
import { useTexts } from '../hooks.ts'
import { CheckField } from './check-field.tsx'

/** In these the system has been asked to start the app. */
const asked: ReadonlySet<StartAtLoginState> = new Set(['on', 'needsApproval'])

/** Whether the system starts the app at login: what the system says, whose own settings may change it as well. */
export function LoginField(): ReactElement {
  const { t } = useTexts()
  const { state, isOn, problem, set } = useStartAtLogin()
  return (
    <>
      <CheckField
        label={t('settings.login.label')}
        hint={state === null ? '' : t(`settings.login.${state === 'on' || state === 'off' ? 'hint' : state}`)}
        isOn={isOn}
        isDisabled={state === null || state === 'notInstalled'}
        onChange={set}
      />
      {problem !== null && (
        <p className="field-error" role="alert">
          {t(`settings.login.problem.${problem}`)}
        </p>
      )}
    </>
  )
}

/** Asks the system now, and again whenever the person comes back to the window. */
function useStartAtLogin(): {
  /** Null until the system has answered. */
  readonly state: StartAtLoginState | null
  /** What the person wants, until the system has said what became of it. */
  readonly isOn: boolean
  readonly problem: StartAtLoginChange['problem']
  readonly set: (isOn: boolean) => void
} {
  const [state, setState] = useState<StartAtLoginState | null>(null)
  const [wanted, setWanted] = useState<boolean | null>(null)
  const [problem, setProblem] = useState<StartAtLoginChange['problem']>(null)
  useEffect(() => {
    const read = (): void => void bridge.startAtLogin().then(setState, () => setState('unknown'))
    read()
    window.addEventListener('focus', read)
    return () => window.removeEventListener('focus', read)
  }, [])
  const change = async (isOn: boolean): Promise<void> => {
    setWanted(isOn)
    setProblem(null)
    try {
      const after = await bridge.run({ kind: 'setStartAtLogin', isOn })
      setState(after.state)
      setProblem(after.problem)
    } catch {
      setProblem('failed')
    }
    setWanted(null)
  }
  const isAsked = state !== null && asked.has(state)
  return { state, isOn: wanted ?? isAsked, problem, set: (isOn) => void change(isOn) }
}
