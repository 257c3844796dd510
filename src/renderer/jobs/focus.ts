/** The places that a key leads to, by their ids. */
export const focusTargets = {
  list: 'job-list',
  detail: 'job-detail',
  search: 'job-search',
  logSearch: 'log-search',
  workflowSearch: 'workflow-search',
  historyRow: 'history-row',
} as const
type FocusTarget = keyof typeof focusTargets

/** Puts the focus there; nothing happens where the place is not on the page. */
export function focusOn(target: FocusTarget): void {
  document.getElementById(focusTargets[target])?.focus()
}

/** The same once what has just been asked for is drawn: what is hidden takes no focus. */
export const focusOnceDrawn = (target: FocusTarget): void => void requestAnimationFrame(() => focusOn(target))
