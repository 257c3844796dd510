import { describe, expect, it } from 'vitest'
import { draftOf, newDraft, targetOf } from '../../../../src/renderer/settings/target-draft.ts'
import { type Target, targetSchema } from '../../../../src/shared/hand-on.ts'

const program = { ...newDraft('id'), kind: 'program', name: 'Lamp', program: '/usr/bin/lamp' } as const

describe('a target as it was typed', () => {
  it('has the name of its kind where it was given none', () => {
    expect(targetOf({ ...newDraft('id'), name: ' ' }, 'Any')).toEqual({
      id: 'id',
      name: 'Any',
      kind: 'json',
      host: '',
      isForAll: true,
    })
  })

  it.each<[string, string[]]>([
    ['', []],
    ['--red', ['--red']],
    ['--text\na b \n', ['--text', 'a b ']],
    ['a\n\nb', ['a', '', 'b']],
  ])('takes %j for the arguments %j', (args, expected) => {
    expect(targetOf({ ...program, args }, '')).toMatchObject({ program: '/usr/bin/lamp', args: expected })
  })

  it.each<Target>([
    { id: 'a', name: 'Phone', kind: 'ntfy', host: '', isForAll: false },
    { id: 'b', name: 'Lamp', kind: 'program', program: '/usr/bin/lamp', args: ['a', 'b c'], isForAll: true },
  ])('is the same once it was opened and saved: %j', (target) => {
    expect(targetOf(draftOf(target), '')).toEqual(target)
    expect(targetSchema.parse(target)).toEqual(target)
  })
})
