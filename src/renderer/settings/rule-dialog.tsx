import { type ReactElement, useId, useState } from 'react'
import { starters } from '../../shared/choices.ts'
import type { NotificationRule } from '../../shared/settings.ts'
import { toldPhases } from '../../shared/told-phase.ts'
import { useAppState, useTexts } from '../hooks.ts'
import { JobIcon } from '../jobs/job-icon.tsx'
import type { Status } from '../jobs/job-status.ts'
import { FormDialog } from '../shell/form-dialog.tsx'
import { CheckField } from './check-field.tsx'
import { listedOutcomes } from './outcome-rules.ts'
import { RadioField } from './radio-field.tsx'
import { isAboutAny, withOutcome, withPhase } from './rules.ts'
import { SoundField } from './sound-field.tsx'
import { TargetsField } from './targets-field.tsx'
import { toldPhaseIcon, toldPhaseText } from './told-phase-text.ts'
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
    if (isAboutAny(wanted)) onSave(withTidyName(wanted))
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
      <OccasionsField rule={wanted} onChange={setWanted} />
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
      {wanted.outcomes.length > 0 && (
        <TargetsField value={wanted.handOn} onChange={(handOn) => edit({ handOn })} />
      )}
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

interface OccasionsFieldProps {
  readonly rule: NotificationRule
  readonly onChange: (rule: NotificationRule) => void
}

/** Which ends, and what of that which jobs come to before. */
function OccasionsField({ rule, onChange }: OccasionsFieldProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const isMissing = !isAboutAny(rule)
  const missing = isMissing ? id : undefined
  return (
    <>
      <fieldset className="radio-field" aria-describedby={missing}>
        <legend>{t('settings.rules.outcomes')}</legend>
        <div className="radios">
          {listedOutcomes.map((outcome) => (
            <Occasion
              key={outcome}
              name={t(`outcome.${outcome}`)}
              icon={outcome}
              isOn={rule.outcomes.includes(outcome)}
              onChange={(isOn) => onChange(withOutcome(rule, outcome, isOn))}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="radio-field" aria-describedby={missing}>
        <legend>{t('settings.notifications.beforeEnd')}</legend>
        <div className="radios">
          {toldPhases.map((phase) => (
            <Occasion
              key={phase}
              name={toldPhaseText(phase, t)}
              icon={toldPhaseIcon(phase)}
              isOn={rule.phases.includes(phase)}
              onChange={(isOn) => onChange(withPhase(rule, phase, isOn))}
            />
          ))}
        </div>
        <div role="alert">
          {isMissing && (
            <p className="field-error" id={id}>
              {t('settings.rules.nothingChosen')}
            </p>
          )}
        </div>
      </fieldset>
    </>
  )
}

interface OccasionProps {
  readonly name: string
  readonly icon: Status
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

const Occasion = ({ name, icon, isOn, onChange }: OccasionProps): ReactElement => (
  <label className="rule-occasion">
    <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
    <JobIcon status={icon} />
    {name}
  </label>
)
