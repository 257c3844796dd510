import { createContext, type ReactElement, use, useLayoutEffect, useRef, useState } from 'react'
import type { JobView } from '../../../shared/job-view.ts'
import { useJobs, useTexts } from '../../hooks.ts'
import { Menu, type MenuEntry } from '../../shell/menu.tsx'
import { keyNames } from '../keys/shortcuts.ts'
import type { JobAction } from './actions-of.ts'
import { useJobActions } from './use-actions.ts'

/** Where a menu opens, in pixels of the page: its corner, or the edges of the button that it belongs to. */
interface Place {
  readonly x: number
  readonly y: number
}

/** Opens the menu of a job, by its key. */
export type OpenJobMenu = (key: string, place: Place) => void

export const JobMenuContext = createContext<OpenJobMenu>(() => {})
export const useJobMenu = (): OpenJobMenu => use(JobMenuContext)

/** The keys that do the same; `use-page-keys.ts` hears them. */
const keysOf: Readonly<Partial<Record<JobAction, string>>> = {
  ...keyNames,
  openWebManager: 'W',
  remove: 'Del',
}

interface Opened {
  readonly key: string
  readonly place: Place
}

/** The menu of one job at a time, wherever it is asked for. */
export function useJobMenuElement(): { readonly open: OpenJobMenu; readonly menu: ReactElement | null } {
  const [opened, setOpened] = useState<Opened | null>(null)
  const job = useJobs().find(({ key }) => key === opened?.key) ?? null
  return {
    open: (key, place) => setOpened({ key, place }),
    menu:
      opened === null || job === null ? null : (
        <JobMenu job={job} place={opened.place} onClosed={() => setOpened(null)} />
      ),
  }
}

interface JobMenuProps {
  readonly job: JobView
  readonly place: Place
  readonly onClosed: () => void
}

function JobMenu({ job, place, onClosed }: JobMenuProps): ReactElement {
  const { t } = useTexts()
  const { allowed, act } = useJobActions()
  const menu = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = menu.current
    if (element === null) return
    element.showPopover()
    const { offsetWidth, offsetHeight } = element
    const edge = 8
    element.style.left = `${Math.max(edge, Math.min(place.x, window.innerWidth - offsetWidth - edge))}px`
    element.style.top = `${Math.max(edge, Math.min(place.y, window.innerHeight - offsetHeight - edge))}px`
  }, [place])
  const entries = allowed(job).map((action): MenuEntry => {
    const keys = keysOf[action]
    return {
      id: action,
      label: t(`job.action.${action}`),
      keys,
      isApart: action === 'remove',
      onChoose: () => act(action, job),
    }
  })
  return (
    <Menu
      menu={menu}
      label={t('job.menu', { workflow: job.workflowName })}
      className="job-menu"
      entries={entries}
      onToggle={(isOpen) => !isOpen && onClosed()}
    />
  )
}
