import { useDeferredValue } from 'react'
import type { AppState } from '../../../shared/app-state.ts'
import { isSignedIn } from '../../../shared/followed.ts'
import type { Translator } from '../../../shared/i18n.ts'
import type { JobView } from '../../../shared/job-view.ts'
import { useAppState, useJobs, useLook, useNow, useSettings, useTexts } from '../../hooks.ts'
import type { Look } from '../../window-state.ts'
import type { Density } from '../../../shared/choices.ts'
import { type Arranged, arrange, type Chip } from './arrange.ts'
import { type Layout, layOut } from './layout.ts'
import { dayOf } from './moment.ts'
import { JobSearch } from './search-text.ts'

/** The list as it is shown, ready to be drawn. */
export interface JobListModel extends Arranged {
  readonly layout: Layout
  readonly search: JobSearch
  /** The midnight that today began with. */
  readonly today: number
}

/** Remembers the last answer, which the same arguments get again: bar and list are drawn from one model. */
function lastOf<Arguments extends readonly unknown[], Answer>(
  answer: (...args: Arguments) => Answer,
): (...args: Arguments) => Answer {
  let last: { readonly args: Arguments; readonly answer: Answer } | null = null
  return (...args) => {
    if (last === null || last.args.some((arg, index) => arg !== args[index]))
      last = { args, answer: answer(...args) }
    return last.answer
  }
}

const searchOf = lastOf((servers: AppState['servers'], texts: Translator, today: number): JobSearch => {
  const names = new Map(servers.map(({ id, name }) => [id, name]))
  const followed = new Set(servers.filter(({ id }) => isSignedIn({ servers }, id)).map(({ id }) => id))
  return new JobSearch({
    serverName: (serverId) => names.get(serverId) ?? texts.t('server.forgotten'),
    isFollowed: (serverId) => followed.has(serverId),
    texts,
    today,
  })
})

const modelOf = lastOf(
  (
    jobs: readonly JobView[],
    servers: AppState['servers'],
    search: string,
    chip: Chip,
    openFolds: Look['list']['openFolds'],
    texts: Translator,
    today: number,
    density: Density,
  ): JobListModel => {
    const finder = searchOf(servers, texts, today)
    const arranged = arrange(jobs, {
      isFollowed: (serverId) => isSignedIn({ servers }, serverId),
      chip,
      matches: finder.matcher(search),
      openFolds,
    })
    return { ...arranged, layout: layOut(arranged.sections, density), search: finder, today }
  },
)

/** The jobs as search, chip and folds leave them. */
export function useJobList(): JobListModel {
  const jobs = useJobs()
  const { servers } = useAppState()
  const { search, chip, openFolds } = useLook().list
  // What is typed is seen at once; a long list follows as soon as nothing else is to be done.
  const searched = useDeferredValue(search)
  const texts = useTexts()
  const today = dayOf(useNow(false))
  const { density } = useSettings()
  return modelOf(jobs, servers, searched, chip, openFolds, texts, today, density)
}
