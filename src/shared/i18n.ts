import { createInstance, type TFunction } from 'i18next'
import { type Catalogue, en } from './messages/en.ts'

declare module 'i18next' {
  // Makes every key of `t` a key of the English catalogue: any other does not compile.
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

/** The catalogues, by the language that they are in; each holds every key of the English one. */
const catalogues = { en } as const satisfies Record<string, Catalogue>
type Language = keyof typeof catalogues

/** The texts of one language. */
export interface Translator {
  readonly t: TFunction
  /** The language that was found for the person, as a BCP 47 tag: the `lang` of the window. */
  readonly language: Language
}

const isLanguage = (tag: string): tag is Language => Object.hasOwn(catalogues, tag)

/** The first language of the person's list that there is a catalogue for, else English. */
export const bestLanguage = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.toLowerCase().split('-', 1)[0] ?? '').find(isLanguage) ?? 'en'

/**
 * The texts in the best language that the app has.
 * @param languages BCP 47 tags, the most wanted first
 */
export function createTranslator(languages: readonly string[]): Translator {
  const language = bestLanguage(languages)
  const instance = createInstance({
    lng: language,
    fallbackLng: 'en',
    resources: Object.fromEntries(
      Object.entries(catalogues).map(([tag, translation]) => [tag, { translation }]),
    ),
    // The texts go to React and to native menus, which escape by themselves.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  void instance.init()
  return { t: instance.t, language }
}
