import type { KeyboardEvent, ReactElement } from 'react'
import { useTexts } from '../../hooks.ts'
import { ActionIcon } from '../actions/action-icon.tsx'
import { focusTargets } from '../focus.ts'
import { Key } from '../key.tsx'
import { SearchIcon } from '../picker-icons.tsx'
import { type Level, levels, type LogModel } from './log-model.ts'
import type { LogLook } from './log-view.tsx'

interface LogBarProps {
  readonly log: LogModel
  readonly look: LogLook
  /** How many lines the search has found so far. */
  readonly found: number
  /** Which of them is the current one, from 0 on; -1 for none. */
  readonly at: number
  readonly isSearching: boolean
  readonly onLook: (change: Partial<LogLook>) => void
  readonly onStep: (isBack: boolean) => void
  readonly onTrouble: (isBack: boolean) => void
  /** From the search to the lines. */
  readonly onLeave: () => void
  readonly onCopy: () => void
  readonly onSave: () => void
}

/** The levels that can be chosen as the lowest. */
const choices = ['none', 'info', 'warning', 'error'] as const satisfies readonly Level[]
const isLevel = (word: string): word is Level => levels.some((level) => level === word)

/** What a log is looked through by. */
export function LogBar(props: LogBarProps): ReactElement {
  const { log, look, onLook, onTrouble, onCopy, onSave } = props
  const { t } = useTexts()
  const { troubles, troubleLevel } = log
  return (
    <div className="log-bar">
      <h3 className="visually-hidden">{t('job.log.title')}</h3>
      <LogSearchField {...props} />
      {troubles.length > 0 && (
        <button
          type="button"
          className={`log-tool log-trouble tone-${troubleLevel === 'error' ? 'bad' : 'warning'}`}
          aria-label={t(`job.log.next.${troubleLevel}`, { count: troubles.length })}
          title={t(`job.log.next.${troubleLevel}`, { count: troubles.length })}
          onClick={({ shiftKey }) => onTrouble(shiftKey)}
        >
          {t(`job.log.count.${troubleLevel}`, { count: troubles.length })}
          <ActionIcon name="down" />
          <Key name="E" />
        </button>
      )}
      <select
        className="log-levels"
        aria-label={t('job.log.levels')}
        value={look.level}
        onChange={({ target }) => isLevel(target.value) && onLook({ level: target.value })}
      >
        {choices.map((level) => (
          <option key={level} value={level}>
            {t(`job.log.level.${level}`)}
          </option>
        ))}
      </select>
      <Toggle
        isOn={look.isWrapped}
        word={t('job.log.wrap')}
        onToggle={(isWrapped) => onLook({ isWrapped })}
      />
      <span className="log-bar-rest">
        <Toggle isOn={look.isRaw} word={t('job.log.raw')} onToggle={(isRaw) => onLook({ isRaw })} />
        <button type="button" className="log-tool" aria-label={t('job.log.copy')} onClick={onCopy}>
          {t('job.log.copyWord')}
        </button>
        <button type="button" className="log-tool" aria-label={t('job.log.save')} onClick={onSave}>
          {t('job.log.saveWord')}
        </button>
      </span>
    </div>
  )
}

function LogSearchField({
  look,
  found,
  at,
  isSearching,
  onLook,
  onStep,
  onLeave,
}: LogBarProps): ReactElement {
  const { t, numbers } = useTexts()
  const number = new Intl.NumberFormat(numbers)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onStep(event.shiftKey)
    else if (event.key !== 'Escape') return
    else if (look.query === '') onLeave()
    else onLook({ query: '' })
    event.preventDefault()
  }
  return (
    <search className="log-search">
      <SearchIcon />
      <input
        id={focusTargets.logSearch}
        type="search"
        aria-label={t('job.log.search')}
        placeholder={t('job.log.searchWord')}
        autoComplete="off"
        value={look.query}
        onChange={({ target }) => onLook({ query: target.value })}
        onKeyDown={onKeyDown}
      />
      {look.query === '' ? (
        <Key name="L" />
      ) : (
        <>
          <output className="log-found">
            {t(at === -1 ? 'job.log.found' : 'job.log.foundAt', {
              at: number.format(at + 1),
              count: found,
              total: `${number.format(found)}${isSearching ? '…' : ''}`,
            })}
          </output>
          {(['up', 'down'] as const).map((way) => (
            <button
              key={way}
              type="button"
              className="log-tool log-step"
              aria-label={t(`job.log.${way}`)}
              title={t(`job.log.${way}`)}
              onClick={() => onStep(way === 'up')}
            >
              <ActionIcon name={way} />
            </button>
          ))}
        </>
      )}
    </search>
  )
}

interface ToggleProps {
  readonly isOn: boolean
  readonly word: string
  readonly onToggle: (isOn: boolean) => void
}

const Toggle = ({ isOn, word, onToggle }: ToggleProps): ReactElement => (
  <button type="button" className="log-tool" aria-pressed={isOn} onClick={() => onToggle(!isOn)}>
    {word}
  </button>
)
