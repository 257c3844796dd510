import { createInstance, type FormatterModule, type TFunction } from 'i18next'
import { isolated } from './isolated.ts'
import { bestLocale, type Language } from './languages.ts'
import { en } from './messages/en.ts'
import type { SystemFormats } from './system-formats.ts'

declare module 'i18next' {
  // Makes every key of `t` a key of the English catalogue: any other does not compile.
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

/** The English catalogue is always there; another is loaded by who speaks its language. */
const catalogues = {
  en: async () => en,
  fr: async () => (await import('./messages/fr.ts')).fr,
  da: async () => (await import('./messages/da.ts')).da,
} as const satisfies Record<Language, () => Promise<object>>

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
 * The texts in English, at once: whatever else is wanted.
 * @param wanted BCP 47 tags, the most wanted first: the region of the first English one is kept
 * @param formats how the system writes times and numbers, asked for at each text; null while that is not known
 */
export const createTranslator = (wanted: readonly string[], formats: Formats = unknownFormats): Translator =>
  translatorIn('en', bestLocale(wanted, ['en']).locale, en, formats)

/**
 * The texts in the best language that the app has.
 * @param wanted BCP 47 tags, the most wanted first
 * @param formats as above
 */
export async function loadTranslator(
  wanted: readonly string[],
  formats: Formats = unknownFormats,
): Promise<Translator> {
  const { locale, language } = bestLocale(wanted)
  return translatorIn(language, locale, await catalogues[language](), formats)
}

type Formats = () => SystemFormats | null
const unknownFormats: Formats = () => null

function translatorIn(language: Language, locale: string, catalogue: object, formats: Formats): Translator {
  const instance = createInstance().use(
    numberFormatter((value) => numberFormat(formats()?.numbers ?? locale).format(value)),
  )
  void instance.init({
    lng: language,
    // Every catalogue is complete.
    fallbackLng: false,
    resources: { [language]: { translation: catalogue } },
    // The texts go to React and to native menus, which escape by themselves: what is filled in is only isolated.
    interpolation: { escapeValue: true, escape: isolated, alwaysFormat: true },
    // Said, though they are the defaults or all there is: else each key is searched for signs that it is a sentence.
    keySeparator: '.',
    nsSeparator: false,
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
