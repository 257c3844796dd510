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
  /** The tag, of the language of the texts, that times and durations are written in: the window's `lang` as well. */
  readonly locale: string
}

const isLanguage = (tag: string): tag is Language => Object.hasOwn(catalogues, tag)

const languageOf = (tag: string): string => tag.split('-', 1)[0] ?? ''

/**
 * A tag that Intl takes; null where there is none in it. Electron hands over what Linux calls a language: with
 * LANG=en_IE.UTF-8@euro it was seen to say `en-IE@euro`, which Intl throws at.
 */
function intlTag(tag: string): string | null {
  const [name = ''] = tag.split(/[.@]/u, 1)
  try {
    return Intl.getCanonicalLocales(name.replaceAll('_', '-'))[0] ?? null
  } catch {
    return null
  }
}

/**
 * The first of the wanted tags whose language the app speaks, else English. Its region is kept (`en-GB`), for times;
 * a language without a catalogue is not, so that no Danish time stands in an English sentence.
 */
export function bestLocale(wanted: readonly string[]): {
  readonly locale: string
  readonly language: Language
} {
  for (const tag of wanted) {
    const locale = intlTag(tag)
    const language = languageOf(locale ?? '')
    if (locale !== null && isLanguage(language)) return { locale, language }
  }
  return { locale: 'en', language: 'en' }
}

/**
 * The texts in the best language that the app has.
 * @param languages BCP 47 tags, the most wanted first
 */
export function createTranslator(languages: readonly string[]): Translator {
  const { locale, language } = bestLocale(languages)
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
  return { t: instance.t, locale }
}
