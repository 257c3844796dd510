import { describe, expect, it } from 'vitest'
import { da } from '../../../src/shared/messages/da.ts'
import { en } from '../../../src/shared/messages/en.ts'
import { fr } from '../../../src/shared/messages/fr.ts'

type Texts = readonly (readonly [key: string, text: string])[]

/** Every text with its whole key. */
const textsOf = (part: object, path = ''): Texts =>
  Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    const name = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') return [[name, value] as const]
    return typeof value === 'object' && value !== null ? textsOf(value, name) : []
  })

const placeholdersOf = (text: string): string[] => (text.match(/\{\{.*?\}\}/g) ?? []).toSorted()

const plural = /_(?:zero|one|two|few|many|other)$/

const english = new Map(textsOf(en))

describe.each([
  ['en', en],
  ['fr', fr],
  ['da', da],
])('the catalogue %s', (language, catalogue) => {
  const texts = textsOf(catalogue)

  it('has each text of the English one, in each plural form of its language, and no others', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const wanted = [...english.keys()].flatMap((key) => {
      if (key.endsWith('_one')) return []
      return key.endsWith('_other') ? forms.map((form) => key.replace(plural, `_${form}`)) : [key]
    })
    expect(texts.map(([key]) => key).toSorted()).toEqual(wanted.toSorted())
  })

  it('fills in what the English one does', () => {
    const filledIn = texts.map(([key, text]) => [key, placeholdersOf(text)])
    const wanted = texts.map(([key]) => [
      key,
      placeholdersOf(english.get(key) ?? english.get(key.replace(plural, '_other')) ?? ''),
    ])
    expect(filledIn).toEqual(wanted)
  })

  it('has no empty text, no double spaces and no typewriter’s signs', () => {
    const bad = /^\s|\s$|^$|\s{2}|["']|\.\.\./u
    expect(texts.filter(([, text]) => bad.test(text))).toEqual([])
  })
})

it('French sets its signs off with narrow no-break spaces', () => {
  const bad = /(?<!\u202F)[:;?!](?=\s|$)|(?<!\u202F)»|«(?!\u202F)|[ \u00A0][:;?!]/u
  expect(textsOf(fr).filter(([, text]) => bad.test(text))).toEqual([])
})
