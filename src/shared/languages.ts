import { intlTag } from './intl-tag.ts'

/** The languages that the app speaks. */
export const languages = ['en', 'fr', 'da'] as const
export type Language = (typeof languages)[number]

/** What a person can choose: one of the languages, or whatever the system speaks. */
export const languageChoices = ['system', ...languages] as const
export type LanguageChoice = (typeof languageChoices)[number]

const languageOf = (tag: string): string => tag.split('-', 1)[0] ?? ''

/**
 * The first of the wanted tags whose language is offered, else English. Its region is kept (`en-GB`); a language that
 * is not offered is not, so that no German duration stands in an English sentence.
 */
export function bestLocale(
  wanted: readonly string[],
  offered: readonly Language[] = languages,
): { readonly locale: string; readonly language: Language } {
  for (const tag of wanted) {
    const locale = intlTag(tag)
    const language = offered.find((one) => one === languageOf(locale ?? ''))
    if (locale !== null && language !== undefined) return { locale, language }
  }
  return { locale: 'en', language: 'en' }
}

/**
 * The tags that the app's language is chosen from, the most wanted first. A language that the person has chosen keeps
 * the region that the system has for it.
 * @param system BCP 47 tags, the most wanted first
 */
export const wantedLanguages = (choice: LanguageChoice, system: readonly string[]): readonly string[] =>
  choice === 'system'
    ? system
    : [...system.filter((tag) => languageOf(intlTag(tag) ?? '') === choice), choice]
