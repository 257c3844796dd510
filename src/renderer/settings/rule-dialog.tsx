import { type ReactElement, useId, useState } from 'react'
import { starters } from '../../shared/choices.ts'
import type { NotificationRule } from '../../shared/settings.ts'
import { useAppState, useTexts } from '../hooks.ts'
import { JobIcon } from '../jobs/job-icon.tsx'
import { FormDialog } from '../shell/form-dialog.tsx'
import { CheckField } from './check-field.tsx'
import { listedOutcomes } from './outcome-rules.ts'
import { RadioField } from './radio-field.tsx'
import { withOutcome } from './rules.ts'
import { SoundField } from './sound-field.tsx'
import { TargetsField } from './targets-field.tsx'
import './rule-dialog.css'

interface RuleDialogProps {
  /** What the form is filled in with. */
  readonly rule: NotificationRule
  /** What went wrong with saving it; null for nothing. */
  readonly problem?: string | null
  readonly onSave: (rule: NotificationRule) => void
  readonly onClose: () => void
}

/** Asks which jobs a rule is about, and what becomes of their notifications. */
export function RuleDialog({ rule, problem = null, onSave, onClose }: RuleDialogProps): ReactElement {
  const { t } = useTexts()
  const [wanted, setWanted] = useState(rule)
  const edit = (part: Partial<NotificationRule>): void => setWanted((before) => ({ ...before, ...part }))
  const save = (): void => {
    if (wanted.outcomes.length > 0) onSave(withTidyName(wanted))
  }
  return (
    <FormDialog title={t('settings.rules.dialog')} problem={problem} onSave={save} onClose={onClose}>
      <WorkflowField value={wanted.workflow} onChange={(workflow) => edit({ workflow })} />
      <ServerField value={wanted.serverId} onChange={(serverId) => edit({ serverId })} />
      <RadioField
        label={t('settings.rules.starter')}
        values={starters}
        value={wanted.startedBy}
        nameOf={(starter) => t(`settings.rules.starters.${starter}`)}
        onChange={(startedBy) => edit({ startedBy })}
      />
      <OutcomesField rule={wanted} onChange={setWanted} />
      <CheckField
        label={t('settings.notifications.notify')}
        isOn={wanted.notify}
        onChange={(notify) => edit({ notify })}
      />
      {wanted.notify && (
        <>
          <SoundField heard={wanted} onChange={edit} />
          <CheckField
            label={t('settings.rules.stays')}
            isOn={wanted.stays}
            onChange={(stays) => edit({ stays })}
          />
        </>
      )}
      <TargetsField value={wanted.handOn} onChange={(handOn) => edit({ handOn })} />
    </FormDialog>
  )
}

/** Blanks around a name were not meant. */
function withTidyName(rule: NotificationRule): NotificationRule {
  const name = rule.workflow?.trim() ?? ''
  return { ...rule, workflow: name === '' ? null : name }
}

interface FieldProps {
  /** Null for any. */
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

function WorkflowField({ value, onChange }: FieldProps): ReactElement {
  const { t } = useTexts()
  const { servers } = useAppState()
  const id = useId()
  const names = [...new Set(servers.flatMap(({ workflows }) => workflows.map(({ name }) => name)))]
  return (
    <div className="field">
      <label htmlFor={id}>{t('settings.rules.workflow')}</label>
      <input
        id={id}
        className="input"
        list={`${id}-names`}
        maxLength={500}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder={t('settings.rules.anyWorkflow')}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      />
      <datalist id={`${id}-names`}>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
    </div>
  )
}

/** Where there is one server only, there is nothing to choose. */
function ServerField({ value, onChange }: FieldProps): ReactElement | null {
  const { t } = useTexts()
  const { servers } = useAppState()
  const id = useId()
  if (servers.length < 2 && value === null) return null
  const isForgotten = value !== null && !servers.some((server) => server.id === value)
  return (
    <div className="field">
      <label htmlFor={id}>{t('settings.rules.server')}</label>
      <select
        id={id}
        className="input"
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      >
        <option value="">{t('settings.rules.anyServer')}</option>
        {servers.map((server) => (
          <option key={server.id} value={server.id}>
            {server.name}
          </option>
        ))}
        {isForgotten && <option value={value}>{t('server.forgotten')}</option>}
      </select>
    </div>
  )
}

interface OutcomesFieldProps {
  readonly rule: NotificationRule
  readonly onChange: (rule: NotificationRule) => void
}

function OutcomesField({ rule, onChange }: OutcomesFieldProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const isMissing = rule.outcomes.length === 0
  return (
    <fieldset className="radio-field" aria-describedby={isMissing ? id : undefined}>
      <legend>{t('settings.rules.outcomes')}</legend>
      <div className="radios">
        {listedOutcomes.map((outcome) => (
          <label key={outcome} className="rule-outcome">
            <input
              type="checkbox"
              checked={rule.outcomes.includes(outcome)}
              onChange={({ target }) => onChange(withOutcome(rule, outcome, target.checked))}
            />
            <JobIcon status={outcome} />
            {t(`outcome.${outcome}`)}
          </label>
        ))}
      </div>
      <div role="alert">
        {isMissing && (
          <p className="field-error" id={id}>
            {t('settings.rules.outcomesMissing')}
          </p>
        )}
      </div>
    </fieldset>
  )
}
