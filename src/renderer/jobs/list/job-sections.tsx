import { type ReactElement, useId } from 'react'
import { isSignedIn, saidServer } from '../../../shared/followed.ts'
import { usualOf } from '../../../shared/usual.ts'
import { useAppState, useTexts, useUsual } from '../../hooks.ts'
import type { SectionId } from './arrange.ts'
import { dayName } from './days.ts'
import { JobRow } from './job-row.tsx'
import type { PlacedRow, PlacedSection } from './layout.ts'
import type { JobListModel } from './use-job-list.ts'
import type { SeenRows } from './use-seen-rows.ts'

interface JobSectionsProps {
  readonly model: JobListModel
  readonly seen: SeenRows
  /** The index of the row under the pointer; -1 for none. */
  readonly hovered: number
  /** The index of the selected row, which is always drawn: the list names it as the one that has the focus. */
  readonly selected: number
}

/** The sections of the list that can be seen, each with its heading. */
export function JobSections({ model, seen, hovered, selected }: JobSectionsProps): ReactElement {
  return (
    <>
      {model.layout.sections.map((placed) => {
        const rows = drawnRows(placed, seen, selected)
        return rows.length === 0 ? null : (
          <Section
            key={placed.section.id}
            placed={placed}
            rows={rows}
            model={model}
            hovered={hovered}
            selected={selected}
          />
        )
      })}
    </>
  )
}

/** The rows of a section that are drawn. */
function drawnRows({ rows }: PlacedSection, { from, to }: SeenRows, selected: number): readonly PlacedRow[] {
  const first = rows[0]?.index ?? 0
  const seen = rows.slice(Math.max(0, from - first), Math.max(0, to - first))
  const chosen = rows[selected - first]
  if (chosen === undefined || seen.includes(chosen)) return seen
  return selected < from ? [chosen, ...seen] : [...seen, chosen]
}

interface SectionProps {
  readonly placed: PlacedSection
  readonly rows: readonly PlacedRow[]
  readonly model: JobListModel
  readonly hovered: number
  readonly selected: number
}

function Section({ placed, rows, model, hovered, selected }: SectionProps): ReactElement {
  const { t } = useTexts()
  const app = useAppState()
  const usual = useUsual()
  const headingId = useId()
  const { section, top, height } = placed
  return (
    <div
      className="job-section"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset is none of a listbox's parts
      role="group"
      aria-labelledby={headingId}
      style={{ insetBlockStart: top, blockSize: height }}
    >
      <div className="job-section-heading">
        <span id={headingId}>
          <SectionName id={section.id} today={model.today} />
        </span>
        <span aria-hidden="true">{section.count}</span>
      </div>
      {rows.map(({ entry, index, top: rowTop }) => (
        <JobRow
          key={entry.job.key}
          entry={entry}
          server={saidServer(app, entry.job.serverId, t)}
          isFollowed={isSignedIn(app, entry.job.serverId)}
          usualMs={usualOf(entry.job, usual)}
          index={index}
          count={model.layout.rows.length}
          isHovered={index === hovered}
          isSelected={index === selected}
          top={rowTop - top}
        />
      ))}
    </div>
  )
}

function SectionName({ id, today }: { readonly id: SectionId; readonly today: number }): string {
  const texts = useTexts()
  return typeof id === 'number' ? dayName(id, today, texts) : texts.t(`jobs.section.${id}`)
}
