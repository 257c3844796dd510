import { type ReactElement, useEffect, useId, useState } from 'react'
import { bridge } from '../bridge.ts'
import { useActions, useTexts } from '../hooks.ts'
import { copyText } from '../jobs/copy-text.ts'
import { RadioField } from '../settings/radio-field.tsx'
import { useModal } from '../shell/use-modal.ts'
import { byteOrderMark, csvOf } from './csv.ts'
import { jsonOf, type Table } from './table.ts'
import '../shell/ask-dialog.css'
import './export.css'

/** Rows that can be handed on. */
export interface ExportSource {
  readonly id: string
  readonly label: string
  /**
   * Rejects where they can't be read.
   * @param onCount called with how many were read so far
   * @param isWanted false once nobody waits for them
   */
  readonly read: (onCount: (count: number) => void, isWanted: () => boolean) => Promise<ExportedRows>
}

interface ExportedRows {
  readonly table: Table
  /** Whether there are more rows than are handed on. */
  readonly isCut: boolean
}

type Read =
  | { readonly state: 'reading'; readonly count: number }
  | { readonly state: 'failed' }
  | { readonly state: 'read'; readonly rows: ExportedRows }

const formats = ['csv', 'json'] as const
type Format = (typeof formats)[number]

const textOf = { csv: csvOf, json: jsonOf } as const satisfies Record<Format, (table: Table) => string>

interface ExportDialogProps {
  /** What the file is called, without its ending. */
  readonly name: string
  /** The first of them is chosen at first. */
  readonly sources: readonly [ExportSource, ...ExportSource[]]
  readonly onClose: () => void
}

/** Copies or saves the rows of a list, as CSV or JSON. */
export function ExportDialog({ name, sources, onClose }: ExportDialogProps): ReactElement {
  const { t } = useTexts()
  const actions = useActions()
  const titleId = useId()
  const dialog = useModal()
  const [source, setSource] = useState(sources[0])
  const [format, setFormat] = useState<Format>('csv')
  const [problem, setProblem] = useState<'notCopied' | 'saveFailed' | null>(null)
  const read = useRead(source)
  const rows = read.state === 'read' ? read.rows : null

  const copy = (): void => {
    if (rows === null) return
    if (!copyText(textOf[format](rows.table))) {
      setProblem('notCopied')
      return
    }
    actions.say({ kind: 'copied' })
    onClose()
  }
  const save = async (): Promise<void> => {
    if (rows === null) return
    const text = `${format === 'csv' ? byteOrderMark : ''}${textOf[format](rows.table)}`
    const saved = await bridge
      .run({ kind: 'saveText', name: `${name}.${format}`, text })
      .catch(() => 'failed')
    if (saved === 'cancelled') return
    if (saved === 'failed') {
      setProblem('saveFailed')
      return
    }
    actions.say({ kind: 'saved' })
    onClose()
  }
  return (
    <dialog ref={dialog} className="ask export-dialog" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{t('exporting.title')}</h2>
      {sources.length > 1 && (
        <RadioField
          label={t('exporting.which')}
          values={sources.map(({ id }) => id)}
          value={source.id}
          nameOf={(id) => sources.find((one) => one.id === id)?.label ?? ''}
          onChange={(id) => setSource(sources.find((one) => one.id === id) ?? source)}
        />
      )}
      <RadioField
        label={t('exporting.format')}
        hint={t(`exporting.hint.${format}`)}
        values={formats}
        value={format}
        nameOf={(one) => one.toUpperCase()}
        onChange={setFormat}
      />
      <Said read={read} />
      {problem !== null && (
        <p className="callout tone-bad" role="alert">
          {t(`exporting.${problem}`)}
        </p>
      )}
      <div className="ask-actions">
        <button type="button" className="button" onClick={onClose}>
          {t('button.cancel')}
        </button>
        {/* Not `disabled` while the rows are read: the focus would be lost. */}
        <button type="button" className="button" aria-disabled={rows === null} onClick={copy}>
          {t('exporting.copy')}
        </button>
        <button
          type="button"
          className="button button-primary"
          aria-disabled={rows === null}
          onClick={() => void save()}
        >
          {t('exporting.save')}
        </button>
      </div>
    </dialog>
  )
}

/** How many rows are handed on, once they are read. */
function Said({ read }: { readonly read: Read }): ReactElement {
  const { t } = useTexts()
  if (read.state === 'failed')
    return (
      <p className="callout tone-bad" role="alert">
        {t('exporting.failed')}
      </p>
    )
  const isRead = read.state === 'read'
  const count = isRead ? read.rows.table.rows.length : read.count
  return (
    <output>
      {t(isRead ? 'exporting.rows' : 'exporting.reading', { count })}
      {isRead && read.rows.isCut && ` ${t('exporting.cut')}`}
    </output>
  )
}

/** The rows of a source, read anew for each that is chosen. */
function useRead(source: ExportSource): Read {
  const [known, setKnown] = useState<{ readonly of: ExportSource; readonly read: Read } | null>(null)
  useEffect(() => {
    let isWanted = true
    const note = (read: Read): void => {
      if (isWanted) setKnown({ of: source, read })
    }
    const onCount = (count: number): void => note({ state: 'reading', count })
    source
      .read(onCount, () => isWanted)
      .then(
        (rows) => note({ state: 'read', rows }),
        () => note({ state: 'failed' }),
      )
    return () => {
      isWanted = false
    }
  }, [source])
  return known?.of === source ? known.read : { state: 'reading', count: 0 }
}
