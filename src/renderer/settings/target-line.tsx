import { type ReactElement, useState } from 'react'
import type { HandOnResult, Target } from '../../shared/hand-on.ts'
import { bridge } from '../bridge.ts'
import { useTexts } from '../hooks.ts'
import { LineButtons } from './line-buttons.tsx'

interface TargetLineProps {
  readonly target: Target
  readonly onEdit: () => void
  readonly onRemove: () => void
}

/** How far its test has come. `failed`: the app could not even try. */
type Test = 'idle' | 'testing' | 'failed' | HandOnResult

/** A target in words, its test, and what can be done with it. */
export function TargetLine({ target, onEdit, onRemove }: TargetLineProps): ReactElement {
  const { t } = useTexts()
  const [test, setTest] = useState<Test>('idle')
  const { id, name, kind, isForAll } = target
  const begin = (): void => {
    setTest('testing')
    bridge.run({ kind: 'testTarget', id }).then(setTest, () => setTest('failed'))
  }
  const answer = (): string => {
    if (test === 'idle' || test === 'testing') return ''
    if (test === 'failed') return t('settings.handOn.testFailed')
    if (test.ok) return t('settings.handOn.tested')
    return t(`handOn.problem.${test.failure.problem}`, { detail: test.failure.detail })
  }
  return (
    <li className="rule">
      <div className="rule-text">
        <p>
          <strong dir="auto">{name}</strong>{' '}
          <span className="muted">
            {t(`settings.handOn.kinds.${kind}`)} · {target.kind === 'program' ? target.program : target.host}
          </span>
        </p>
        <p className="small">{t(`settings.handOn.${isForAll ? 'all' : 'none'}`)}</p>
        <output className="small">{answer()}</output>
      </div>
      <div className="rule-tools">
        <button
          type="button"
          className="button"
          aria-label={t('job.actionOf', { action: t('settings.handOn.test'), workflow: name })}
          aria-busy={test === 'testing'}
          onClick={begin}
        >
          {test === 'testing' && <span className="spinner" />}
          {t('settings.handOn.test')}
        </button>
        <LineButtons name={name} onEdit={onEdit} onRemove={onRemove} />
      </div>
    </li>
  )
}
