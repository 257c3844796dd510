import { loadTranslator, type Translator } from '../../shared/i18n.ts'
import { type LanguageChoice, wantedLanguages } from '../../shared/languages.ts'
import type { SystemFormats } from '../../shared/system-formats.ts'

export interface SpeechOptions {
  /** BCP 47 tags of the system's languages, the most wanted first. */
  readonly languages: readonly string[]
  /** How the system writes times and numbers, as far as that is known by now. */
  readonly formats: () => SystemFormats
}

/** The language that the app speaks: the one that the person has chosen, or else the system's. */
export class Speech {
  readonly #options: SpeechOptions
  readonly #listeners = new Set<() => void>()
  #choice: LanguageChoice
  #texts: Translator
  /** Resolves when what was chosen last is spoken: one that loads longer must not come after a later one. */
  #speaking: Promise<void> = Promise.resolve()

  private constructor(options: SpeechOptions, choice: LanguageChoice, texts: Translator) {
    this.#options = options
    this.#choice = choice
    this.#texts = texts
  }

  static async begin(options: SpeechOptions, choice: LanguageChoice): Promise<Speech> {
    return new Speech(options, choice, await load(options, choice))
  }

  /** The texts of this moment: whoever keeps them speaks a language that may no longer be wanted. */
  get texts(): Translator {
    return this.#texts
  }

  /** Speaks this language from now on; resolves when it does. */
  speak(choice: LanguageChoice): Promise<void> {
    if (choice === this.#choice) return this.#speaking
    this.#choice = choice
    this.#speaking = this.#turnTo(choice, this.#speaking)
    return this.#speaking
  }

  /** Listens to the language becoming another. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  async #turnTo(choice: LanguageChoice, before: Promise<void>): Promise<void> {
    await before
    this.#texts = await load(this.#options, choice)
    for (const listener of this.#listeners) listener()
  }
}

const load = ({ languages, formats }: SpeechOptions, choice: LanguageChoice): Promise<Translator> =>
  loadTranslator(wantedLanguages(choice, languages), formats)
