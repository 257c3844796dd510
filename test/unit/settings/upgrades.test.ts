import { describe, expect, test } from 'vitest'
import {
  currentVersion,
  emptyDocument,
  lostDocument,
  parseDocument,
} from '../../../src/main/settings/document.ts'
import { outcomes } from '../../../src/shared/outcome.ts'
import { type Upgrade, upgradeDocument, upgrades } from '../../../src/main/settings/upgrades.ts'

describe('upgradeDocument', () => {
  const table: ReadonlyMap<number, Upgrade> = new Map<number, Upgrade>([
    [1, ({ colour, ...rest }) => ({ ...rest, color: colour })],
    [2, (document) => ({ ...document, sounds: true })],
  ])

  test.each([
    ['two steps', { version: 1, colour: 'red', x: 1 }, { version: 3, color: 'red', sounds: true, x: 1 }],
    ['one step', { version: 2, color: 'red' }, { version: 3, color: 'red', sounds: true }],
    ['none', { version: 3, color: 'red' }, { version: 3, color: 'red' }],
    ['a newer app', { version: 9, mood: 'good' }, { version: 9, mood: 'good' }],
    ['no version', { colour: 'red' }, { colour: 'red' }],
    ['a version that is text', { version: '1', colour: 'red' }, { version: '1', colour: 'red' }],
    ['a list', [1], [1]],
    ['null', null, null],
  ])('%s', (_name, before, after) => {
    expect(upgradeDocument(before, table)).toEqual(after)
  })

  test('leaves its argument alone', () => {
    const before = Object.freeze({ version: 1, colour: 'red' })
    upgradeDocument(before, table)
    expect(before).toEqual({ version: 1, colour: 'red' })
  })
})

test('the table leads from version 1 to the current one, without a gap', () => {
  expect([...upgrades.keys()].sort((a, b) => a - b)).toEqual(
    Array.from({ length: currentVersion - 1 }, (_, index) => index + 1),
  )
})

describe('version 1, which was signed in to one server at a time', () => {
  const profile = { id: 'p1', baseUrl: 'http://host:8000', username: 'admin', staySignedIn: true }
  const first = {
    ...emptyDocument,
    version: 1,
    profiles: { list: [profile, { ...profile, id: 'p2' }], activeId: 'p1' },
    sealedPasswords: { p1: 'one', p2: 'left behind' },
    favourites: { p1: [41], p2: [42] },
  }

  test('goes on with that server, and with no password that nobody uses', () => {
    const { document, damaged } = parseDocument(upgradeDocument(first, upgrades))
    expect(damaged).toBe(false)
    expect(document).toEqual({
      ...first,
      version: currentVersion,
      profiles: { ...first.profiles, followed: ['p1'] },
      sealedPasswords: { p1: 'one' },
    })
  })

  test('signed out, follows nobody', () => {
    const profiles = { ...first.profiles, activeId: null }
    const { document } = parseDocument(upgradeDocument({ ...first, profiles }, upgrades))
    expect(document.profiles).toEqual({ ...profiles, followed: [] })
  })

  test('with damaged profiles keeps the rest', () => {
    const { document, damaged } = parseDocument(upgradeDocument({ ...first, profiles: 'gone' }, upgrades))
    expect(damaged).toBe(true)
    expect(document).toMatchObject({ profiles: emptyDocument.profiles, favourites: first.favourites })
  })
})

test('version 2, which went straight to every server, keeps all that it had', () => {
  const { sealedSecrets: _, ...second } = {
    ...emptyDocument,
    version: 2,
    profiles: {
      list: [{ id: 'p1', baseUrl: 'http://a', username: 'u', staySignedIn: true }],
      followed: ['p1'],
      activeId: 'p1',
    },
    sealedPasswords: { p1: 'one' },
    favourites: { p1: [41] },
    later: 'kept',
  }
  const { document, damaged } = parseDocument(upgradeDocument(second, upgrades))
  expect(damaged).toBe(false)
  expect(document).toEqual({ ...second, version: currentVersion, sealedSecrets: {} })
})

describe('version 3, which told without a choice what came before the end', () => {
  const { phases: _, ...settings } = emptyDocument.settings
  const rule = {
    workflow: 'Ping',
    serverId: null,
    startedBy: 'me',
    outcomes: [...outcomes],
    notify: false,
    sound: false,
    chosenSound: null,
    stays: false,
    handOn: [],
  }
  const read = (part: object) =>
    parseDocument(
      upgradeDocument({ ...emptyDocument, version: 3, settings: { ...settings, ...part } }, upgrades),
    )

  test.each([true, false])('and may still have told that a job still runs: %s', (stillRunning) => {
    const { document, damaged } = read({ stillRunning })
    expect(damaged).toBe(false)
    const { phases } = emptyDocument.settings
    expect(document.settings).toEqual({
      ...settings,
      phases: { ...phases, stillRunning: { ...phases.stillRunning, notify: stillRunning } },
    })
  })

  test('has its exceptions for every outcome hold for that as well, and no others', () => {
    const { document, damaged } = read({ rules: [rule, { ...rule, outcomes: ['done', 'failed'] }] })
    expect(damaged).toBe(false)
    expect(document.settings.rules.map(({ phases }) => phases)).toEqual([
      ['waiting', 'suspended', 'notBegun', 'stillRunning'],
      [],
    ])
  })

  test('loses no more than what is damaged in it', () => {
    const { document, damaged } = read({ stillRunning: false, rules: ['gone', rule] })
    expect(damaged).toBe(true)
    expect(document.settings).toMatchObject({ phases: { stillRunning: { notify: false } }, rules: [rule] })
    expect(read({ rules: 'gone' }).document.settings).toEqual({ ...emptyDocument.settings })
  })
})

describe('parseDocument', () => {
  test('who has a file of a version that introduced nobody is not introduced any more', () => {
    const { introduced: _, ...older } = emptyDocument
    const { document, damaged } = parseDocument(older)
    expect(damaged).toBe(false)
    expect(document.introduced).toBe(true)
  })

  test.each([{ introduced: 'no' }, { ...emptyDocument, introduced: undefined, view: 'jobs' }])(
    'who has a file that is damaged is no newcomer: %j',
    (raw) => {
      const { document, damaged } = parseDocument(raw)
      expect([damaged, document.introduced]).toEqual([true, true])
    },
  )

  test('a damaged connection costs no profile', () => {
    const profile = { id: 'p1', baseUrl: 'http://a', username: 'u', staySignedIn: true }
    const list = [{ ...profile, connection: { proxy: 'tunnel' } }]
    const { document, damaged } = parseDocument({
      ...emptyDocument,
      profiles: { list, followed: ['p1'], activeId: 'p1' },
    })
    expect(damaged).toBe(true)
    expect(document.profiles.list).toEqual([{ ...profile, connection: undefined }])
  })

  test('a whole document is taken as it is, with fields that only a newer version knows', () => {
    const newer = {
      ...emptyDocument,
      version: 7,
      theme: 'dark',
      settings: { ...emptyDocument.settings, sounds: [22, 7] },
    }
    expect(parseDocument(newer)).toEqual({ document: newer, damaged: false })
  })

  test('one damaged section does not take the others with it', () => {
    const profiles = {
      list: [{ id: 'p1', baseUrl: 'http://host:8000', username: 'admin', staySignedIn: true }],
      followed: ['p1'],
      activeId: 'p1',
    }
    const broken = { ...emptyDocument, profiles, settings: { keepJobs: -3 }, view: 'jobs' }
    expect(parseDocument(broken)).toEqual({ document: { ...emptyDocument, profiles }, damaged: true })
  })

  test('a rule for notifications that is damaged costs no other, and no other setting', () => {
    const rule = {
      workflow: 'Ping',
      serverId: null,
      startedBy: 'me',
      outcomes: ['done'],
      phases: [],
      notify: false,
      sound: false,
      chosenSound: null,
      stays: false,
      handOn: [],
    }
    const settings = { ...emptyDocument.settings, keepJobs: 50, rules: [{ ...rule, outcomes: [] }, rule] }
    const { document, damaged } = parseDocument({ ...emptyDocument, settings })
    expect(damaged).toBe(true)
    expect(document.settings).toEqual({ ...settings, rules: [rule] })
  })

  test('a sound is the usual one where the file was written by a version that knew no other', () => {
    const older = { ...emptyDocument.settings.outcomes, done: { notify: true, sound: true } }
    const settings = { ...emptyDocument.settings, outcomes: older }
    const { document, damaged } = parseDocument({ ...emptyDocument, settings })
    expect(damaged).toBe(false)
    expect(document.settings.outcomes.done).toEqual({
      notify: true,
      sound: true,
      chosenSound: null,
      stays: false,
    })
  })

  test('servers have no names where the file was written by a version that knew none', () => {
    const profile = { id: 'p1', baseUrl: 'http://host:8000', username: 'admin', staySignedIn: true }
    const named = { ...profile, id: 'p2', name: 'Production' }
    const profiles = { list: [profile, named], followed: ['p1'], activeId: 'p1' }
    const { document, damaged } = parseDocument({ ...emptyDocument, profiles })
    expect(damaged).toBe(false)
    expect(document.profiles.list).toEqual([profile, named])
  })

  test.each([['text'], [null], [[]], [{}], [7]])('%j is damaged', (raw) => {
    const { document, damaged } = parseDocument(raw)
    expect(damaged).toBe(true)
    expect(document).toEqual(lostDocument)
  })
})
