import { createInstance, type FormatterModule, type TFunction } from 'i18next'
import { intlTag } from './intl-tag.ts'
import { type Catalogue, en } from './messages/en.ts'
import type { SystemFormats } from './system-formats.ts'

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
  /** The tag, of the language of the texts, that durations and lists are written in: the window's `lang` as well. */
  readonly locale: string
  /** The tag that dates and times are written in, as the system writes them. */
  readonly times: string
  /** The tag that numbers are written in, as the system writes them. */
  readonly numbers: string
}

const isLanguage = (tag: string): tag is Language => Object.hasOwn(catalogues, tag)

const languageOf = (tag: string): string => tag.split('-', 1)[0] ?? ''

/**
 * The first of the wanted tags whose language the app speaks, else English. Its region is kept (`en-GB`); a
 * language without a catalogue is not, so that no Danish duration stands in an English sentence.
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

/** Formats by their tag: making one takes longer than the rest of a text. */
const numberFormats = new Map<string, Intl.NumberFormat>()

function numberFormat(tag: string): Intl.NumberFormat {
  const known = numberFormats.get(tag) ?? new Intl.NumberFormat(tag)
  numberFormats.set(tag, known)
  return known
}

/** Writes the numbers in texts: i18next itself writes them without grouping. */
const numberFormatter = (write: (value: number) => string): FormatterModule => ({
  type: 'formatter',
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value: unknown) => (typeof value === 'number' ? write(value) : String(value)),
})

/**
 * The texts in the best language that the app has.
 * @param languages BCP 47 tags, the most wanted first
 * @param formats how the system writes times and numbers, asked for at each text; null while that is not known
 */
export function createTranslator(
  languages: readonly string[],
  formats: () => SystemFormats | null = () => null,
): Translator {
  const { locale, language } = bestLocale(languages)
  const instance = createInstance().use(
    numberFormatter((value) => numberFormat(formats()?.numbers ?? locale).format(value)),
  )
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    resources: Object.fromEntries(
      Object.entries(catalogues).map(([tag, translation]) => [tag, { translation }]),
    ),
    // The texts go to React and to native menus, which escape by themselves.
    interpolation: { escapeValue: false, alwaysFormat: true },
    initAsync: false,
  })
  return {
    t: instance.t,
    locale,
    get times() {
      return formats()?.times ?? locale
    },
    get numbers() {
      return formats()?.numbers ?? locale
    },
  }
}
