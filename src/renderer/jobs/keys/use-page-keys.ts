import type { JobView } from '../../../shared/job-view.ts'
import { canAsk } from '../../../shared/wish.ts'
import { useLook, useStore } from '../../hooks.ts'
import type { JobAction } from '../actions/actions-of.ts'
import type { AskedWish } from '../actions/ask-wish.tsx'
import type { OpenJobMenu } from '../actions/job-menu.tsx'
import { useJobActions } from '../actions/use-actions.ts'
import { focusOn, focusOnceDrawn, focusTargets } from '../focus.ts'
import { rowId } from '../list/job-row.tsx'
import { useKeys } from './use-keys.ts'

interface PageKeysOptions {
  /** The selected one; null for none. */
  readonly job: JobView | null
  readonly onAsk: (asked: AskedWish) => void
  readonly onMenu: OpenJobMenu
}

/** Has the list move its selection from wherever the focus is. */
function moveInList(key: 'ArrowDown' | 'ArrowUp'): void {
  focusOn('list')
  const list = document.getElementById(focusTargets.list)
  list?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
}

/** Whether the list has the focus, and the window has room for more than that. */
const isListBesideDetail = (): boolean =>
  document.activeElement?.id === focusTargets.list &&
  document.getElementById(focusTargets.detail)?.checkVisibility() === true

/** The keys of the jobs page; those of the log are heard where the log is. */
export function usePageKeys({ job, onAsk, onMenu }: PageKeysOptions): void {
  const { setList, setPane, setView } = useStore()
  const { chip } = useLook().list
  const { allowed, act } = useJobActions()
  const can = job === null ? [] : allowed(job)
  const ask = (wish: AskedWish['wish']) => () => {
    if (job !== null && can.includes(wish) && canAsk(wish, job)) onAsk({ wish, job })
  }
  const doAny = (...actions: readonly JobAction[]): void => {
    const action = actions.find((one) => can.includes(one))
    if (job !== null && action !== undefined) act(action, job)
  }
  const openMenu = (): void => {
    if (job === null) return
    const row = document.getElementById(rowId(job.key)) ?? document.getElementById(focusTargets.detail)
    const { left = 0, bottom = 0 } = row?.getBoundingClientRect() ?? {}
    onMenu(job.key, { x: left + 32, y: bottom - 8 })
  }
  useKeys({
    '/': () => {
      setPane('list')
      focusOn('search')
    },
    j: () => moveInList('ArrowDown'),
    k: () => moveInList('ArrowUp'),
    ArrowDown: () => moveInList('ArrowDown'),
    ArrowUp: () => moveInList('ArrowUp'),
    f: () => setList({ chip: chip === 'failed' ? 'all' : 'failed' }),
    Escape: () => {
      if (isListBesideDetail()) setView({ selectedKey: null })
      setPane('list')
      focusOnceDrawn('list')
    },
    r: () => doAny('runAgain'),
    v: () => doAny('withVariables'),
    s: ask('stop'),
    p: () => doAny('suspend', 'resume'),
    a: ask('approve'),
    x: ask('reject'),
    w: () => doAny('openWebManager'),
    m: openMenu,
    Delete: () => doAny('remove'),
  })
}
