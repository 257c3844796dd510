/** The places that a key leads to, by their ids. */
export const focusTargets = {
  content: 'content',
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

/** Puts it on the best place that takes it: the list, or else where one is searched for or begun. */
export function focusOnRest(): void {
  for (const target of ['list', 'search', 'workflowSearch', 'content'] as const) {
    focusOn(target)
    if (document.activeElement?.id === focusTargets[target]) return
  }
}

/** Puts the focus there once what has just been asked for is drawn: what is hidden takes no focus. */
export const focusOnceDrawn = (target: FocusTarget): void => void requestAnimationFrame(() => focusOn(target))
