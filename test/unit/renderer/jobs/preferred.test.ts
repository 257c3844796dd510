import { describe, expect, it } from 'vitest'
import { preferredOf } from '../../../../src/renderer/jobs/preferred.ts'
import type { ServerView } from '../../../../src/shared/app-state.ts'
import { serverWith, stateOf, workflowWith } from '../../app-state.ts'
import { viewWith } from '../../job-view.ts'

const job = viewWith({ key: 'k', workflowId: 2 })

const knownServer = (id: string, favourites: readonly number[]): ServerView =>
  serverWith({
    id,
    workflows: [1, 2, 3].map((workflow) =>
      workflowWith({ id: workflow, name: `Task ${workflow}`, isFavourite: favourites.includes(workflow) }),
    ),
  })
const unknownServer = (id: string): ServerView =>
  serverWith({ id, link: 'connecting', workflowsKnown: false })

describe('what the list of workflows begins with', () => {
  it('is favourites, and what was started last of the others', () => {
    const found = preferredOf(stateOf([knownServer('server', [3])]), [job], null)
    expect(found).toMatchObject({ favourites: new Set(['3 server']), recent: ['2 server'] })
  })

  it('is found out once the workflows are known', () => {
    const before = preferredOf(stateOf([unknownServer('server')]), [job], null)
    expect(before).toMatchObject({ favourites: new Set(), recent: [] })
    const found = preferredOf(stateOf([knownServer('server', [3])]), [job], before)
    expect(found).toMatchObject({ favourites: new Set(['3 server']), recent: ['2 server'] })
  })

  it('is found out anew where another server’s become known', () => {
    const before = preferredOf(stateOf([knownServer('a', [1]), unknownServer('b')]), [], null)
    const found = preferredOf(stateOf([knownServer('a', [1]), knownServer('b', [2])]), [], before)
    expect(found.favourites).toEqual(new Set(['1 a', '2 b']))
  })

  it.each([
    ['a star is set', [knownServer('server', [1, 3])]],
    ['the server is away', [unknownServer('server')]],
  ])('stays as it is where %s', (_what, servers) => {
    const before = preferredOf(stateOf([knownServer('server', [3])]), [], null)
    expect(preferredOf(stateOf(servers), [job], before)).toBe(before)
  })
})
