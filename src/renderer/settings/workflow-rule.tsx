import { type ReactElement, useState } from 'react'
import type { NotificationRule } from '../../shared/settings.ts'
import { isSameName } from '../../shared/same-name.ts'
import { useActions, useAppState, useSettings, useStore, useTexts } from '../hooks.ts'
import type { AskedRule } from '../jobs/actions/job-actions.ts'
import { useActionsState } from '../jobs/actions/use-actions.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { newRule, withRule } from './rules.ts'

/** Asks what holds for the notifications of a workflow, whenever somebody wants that from one of its jobs. */
export function WorkflowRule(): ReactElement | null {
  const { askedRule } = useActionsState()
  return askedRule === null ? null : <Asking asked={askedRule} />
}

const isAbout = (rule: NotificationRule, { serverId, workflowName }: AskedRule): boolean =>
  rule.workflow !== null &&
  isSameName(rule.workflow, workflowName) &&
  (rule.serverId === null || rule.serverId === serverId)

/** The rule that the workflow has, or a new one. */
function Asking({ asked }: { readonly asked: AskedRule }): ReactElement {
  const { t } = useTexts()
  const actions = useActions()
  const { servers } = useAppState()
  const settings = useSettings()
  const { saveSettings } = useStore()
  const [hasFailed, setFailed] = useState(false)
  const index = settings.rules.findIndex((rule) => isAbout(rule, asked))
  const { serverId, workflowName: workflow } = asked
  const rule = settings.rules[index] ?? newRule({ workflow, serverId: servers.length > 1 ? serverId : null })
  const close = (): void => actions.askRule(null)
  const save = (wanted: NotificationRule): void => {
    setFailed(false)
    saveSettings({ ...settings, rules: withRule(settings.rules, index, wanted) }).then(close, () =>
      setFailed(true),
    )
  }
  return (
    <RuleDialog
      rule={rule}
      problem={hasFailed ? t('settings.saveFailed') : null}
      onSave={save}
      onClose={close}
    />
  )
}
