import { describe, expect, test } from 'vitest'
import { Speech } from '../../../src/main/state/speech.ts'

const machine = {
  languages: ['de-DE', 'da-DK', 'fr-CA'],
  formats: () => ({ times: 'de-DE', numbers: 'de-DE' }),
}

describe('what the app speaks', () => {
  test('is the first of the system’s languages that it has, until the person chooses one', async () => {
    const speech = await Speech.begin(machine, 'system')
    expect(speech.texts.locale).toBe('da-DK')
    await speech.speak('fr')
    expect([speech.texts.locale, speech.texts.t('tray.quit')]).toEqual(['fr-CA', 'Quitter'])
  })

  test('is told to whoever has spoken it already, once for each change', async () => {
    const speech = await Speech.begin(machine, 'system')
    const heard: string[] = []
    speech.onChange(() => heard.push(speech.texts.locale))
    await speech.speak('system')
    await speech.speak('en')
    await speech.speak('en')
    expect(heard).toEqual(['en'])
  })

  test('is what was chosen last, however long the languages before it take to load', async () => {
    const speech = await Speech.begin(machine, 'system')
    void speech.speak('fr')
    await speech.speak('en')
    expect(speech.texts.locale).toBe('en')
  })
})
