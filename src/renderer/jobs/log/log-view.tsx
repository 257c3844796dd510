import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { bridge } from '../../bridge.ts'
import { useActions, useTexts } from '../../hooks.ts'
import { focusOn } from '../focus.ts'
import { useKeys } from '../keys/use-keys.ts'
import { LogBar } from './log-bar.tsx'
import { LogLine } from './log-line.tsx'
import { type Level, linesFrom, type LogModel, taskWidth } from './log-model.ts'
import { nextAfter } from './log-search.ts'
import { useLogSearch } from './use-log-search.ts'

declare module 'react' {
  interface CSSProperties {
    /** How wide the column of the tasks is. */
    readonly '--log-task'?: string
  }
}

/** A log of more lines than these takes megabytes, and the next may be as long. */
const manyLines = 20_000

/** Pixels of a line that does not wrap; `log.css` knows it as well. */
const lineHeight = 20

/** How a log is looked at. */
export interface LogLook {
  readonly query: string
  /** Lines of a lower level are left out. */
  readonly level: Level
  readonly isWrapped: boolean
  readonly isRaw: boolean
}

const firstLook: LogLook = { query: '', level: 'none', isWrapped: false, isRaw: false }

interface LogViewProps {
  readonly log: LogModel
  /** For the name of the file that it is saved as. */
  readonly workflow: string
}

/** A log in its columns; only the lines that can be seen are drawn. Opens at its last error. */
export function LogView({ log, workflow }: LogViewProps): ReactElement {
  const { t } = useTexts()
  const actions = useActions()
  const [look, setLook] = useState(firstLook)
  const [current, setCurrent] = useState(log.troubles.at(-1) ?? -1)
  const scroller = useRef<HTMLElement>(null)
  // In pixels, of all lines seen so far: what was scrolled to the side stays there as lines come and go.
  const [widest, setWidest] = useState(0)
  const shown = useMemo(() => linesFrom(log, look.level), [log, look.level])
  const found = useLogSearch(log.lines, look.query)
  const task = useMemo(() => taskWidth(log), [log])
  const lineAt = (row: number): number => (shown === null ? row : (shown[row] ?? 0))
  // oxlint-disable-next-line react/incompatible-library -- nothing of it is given to memoised parts
  const rows = useVirtualizer({
    count: shown?.length ?? log.lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 16,
  })

  const goTo = (line: number): void => {
    setCurrent(line)
    const row = shown === null ? line : shown.indexOf(line)
    // What a level leaves out can't be shown: all levels are, then, and at once, since the line has to be there to be gone to.
    if (row === -1) flushSync(() => setLook((before) => ({ ...before, level: 'none' })))
    rows.scrollToIndex(row === -1 ? line : row, { align: 'center' })
  }
  const step = (list: readonly number[], isBack: boolean): void => {
    const line = list[nextAfter(list, current, isBack)]
    if (line !== undefined) goTo(line)
  }
  useKeys({
    l: () => focusOn('logSearch'),
    e: ({ shiftKey }) => step(log.troubles, shiftKey),
  })
  const isLong = log.lines.length > manyLines
  useEffect(() => {
    // React holds what it takes away until all of it is gone.
    if (isLong) return () => void setTimeout(bridge.freeMemory)
    return undefined
  }, [isLong])
  const opened = useRef(() => current !== -1 && goTo(current))
  useLayoutEffect(() => void opened.current(), [])

  const shownText = (): string =>
    shown === null ? log.lines.join('\n') : Array.from(shown, (line) => log.lines[line]).join('\n')
  const save = (): void => {
    bridge.run({ kind: 'saveText', name: `${workflow}.log`, text: shownText() }).then(
      (end) => end !== 'cancelled' && actions.say({ kind: end === 'saved' ? 'saved' : 'saveFailed' }),
      () => actions.say({ kind: 'saveFailed' }),
    )
  }
  const classes = [
    'log-lines',
    ...(look.isWrapped ? ['log-wrapped'] : []),
    ...(look.isRaw ? ['log-raw'] : []),
  ]
  return (
    <>
      <LogBar
        log={log}
        look={look}
        found={found.lines.length}
        at={found.lines.indexOf(current)}
        isSearching={!found.isDone || found.query !== look.query}
        onLook={(change) => setLook((before) => ({ ...before, ...change }))}
        onStep={(isBack) => step(found.lines, isBack)}
        onTrouble={(isBack) => step(log.troubles, isBack)}
        onLeave={() => scroller.current?.focus()}
        onCopy={() => actions.copy(shownText())}
        onSave={save}
      />
      <section
        className={classes.join(' ')}
        aria-label={t('job.log.title')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reached by the keyboard
        tabIndex={0}
        ref={scroller}
        onScroll={({ currentTarget: { scrollWidth, clientWidth } }) => {
          if (scrollWidth > clientWidth) setWidest((before) => Math.max(before, scrollWidth))
        }}
      >
        <div
          className="log-rows"
          style={{
            blockSize: rows.getTotalSize(),
            '--log-task': `${Math.min(task, 24)}ch`,
            ...(look.isWrapped ? {} : { minInlineSize: widest }),
          }}
        >
          {rows.getVirtualItems().map(({ index, key, start }) => {
            const line = lineAt(index)
            return (
              <div
                key={key}
                className="log-row"
                data-index={index}
                ref={look.isWrapped ? rows.measureElement : undefined}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogLine
                  text={log.lines[line] ?? ''}
                  weight={log.weights[line] ?? 0}
                  isRaw={look.isRaw}
                  query={look.query}
                  isCurrent={line === current}
                />
              </div>
            )
          })}
        </div>
      </section>
    </>
  )
}
