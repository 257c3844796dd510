import { type ReactElement, useState } from 'react'
import type { TransferPlan, TransferProblem } from '../../shared/settings-transfer.ts'
import { bridge } from '../bridge.ts'
import { useStore, useTexts } from '../hooks.ts'
import { AskDialog } from '../shell/ask-dialog.tsx'
import { Section } from './section.tsx'
import { settingNames } from './setting-names.ts'

type Said = 'exported' | 'exportFailed' | 'imported' | 'importFailed' | 'nothingNew' | null

/** Hands the settings on to another computer, and takes over those of one. */
export function TransferSection(): ReactElement {
  const { t } = useTexts()
  const { importSettings } = useStore()
  const [said, setSaid] = useState<Said>(null)
  const [problem, setProblem] = useState<TransferProblem | null>(null)
  const [plan, setPlan] = useState<TransferPlan | null>(null)

  const begin = (): void => {
    setSaid(null)
    setProblem(null)
  }
  const save = async (): Promise<void> => {
    begin()
    const saved = await bridge.run({ kind: 'exportSettings' }).catch(() => 'failed')
    if (saved !== 'cancelled') setSaid(saved === 'saved' ? 'exported' : 'exportFailed')
  }
  const choose = async (): Promise<void> => {
    begin()
    const read = await bridge.run({ kind: 'readSettingsFile' }).catch(() => null)
    if (read === null) setSaid('importFailed')
    else if (read.kind === 'problem') setProblem(read)
    else if (read.kind === 'read') {
      if (isEmpty(read.plan)) setSaid('nothingNew')
      else setPlan(read.plan)
    }
  }
  const take = async (): Promise<void> => {
    setPlan(null)
    const result = await importSettings().then(
      () => 'imported' as const,
      () => 'importFailed' as const,
    )
    setSaid(result)
  }
  return (
    <Section title={t('settings.transfer.title')} hint={t('settings.transfer.hint')}>
      <div className="settings-line">
        <button type="button" className="button" onClick={() => void save()}>
          {t('settings.transfer.export')}
        </button>
        <button type="button" className="button" onClick={() => void choose()}>
          {t('settings.transfer.import')}
        </button>
        <output className="settings-status">{said !== null && t(`settings.transfer.${said}`)}</output>
      </div>
      {problem !== null && (
        <p className="callout tone-bad" role="alert">
          {t(`settings.transfer.problem.${problem.problem}`, { detail: problem.detail })}
        </p>
      )}
      {plan !== null && <ImportDialog plan={plan} onDo={() => void take()} onCancel={() => setPlan(null)} />}
    </Section>
  )
}

const isEmpty = ({ settings, servers, favourites, variables }: TransferPlan): boolean =>
  settings.length + servers.length + favourites + variables === 0

interface ImportDialogProps {
  readonly plan: TransferPlan
  readonly onDo: () => void
  readonly onCancel: () => void
}

/** Says what would change, and asks. */
function ImportDialog({ plan, onDo, onCancel }: ImportDialogProps): ReactElement {
  const { t, locale } = useTexts()
  const { settings, servers, favourites, variables } = plan
  const list = (texts: readonly string[]): string =>
    new Intl.ListFormat(locale, { type: 'unit', style: 'long' }).format(texts)
  const accounts = servers.map(({ address, username }) => t('servers.account', { address, username }))
  const texts = [
    ...(settings.length === 0
      ? []
      : [t('settings.transfer.settings', { names: list(settings.map((name) => t(settingNames[name]))) })]),
    ...(servers.length === 0
      ? []
      : [t('settings.transfer.servers', { count: servers.length, servers: list(accounts) })]),
    ...(favourites === 0 ? [] : [t('settings.transfer.favourites', { count: favourites })]),
    ...(variables === 0 ? [] : [t('settings.transfer.variables', { count: variables })]),
    t('settings.transfer.rest'),
  ]
  return (
    <AskDialog
      title={t('settings.transfer.ask')}
      texts={texts}
      doLabel={t('settings.transfer.do')}
      onDo={onDo}
      onCancel={onCancel}
    />
  )
}
