import { describe, expect, it } from 'vitest'
import { createTranslator } from '../../../src/shared/i18n.ts'
import { isolated } from '../../../src/shared/isolated.ts'

const hebrew = 'דוח לילי (v2)'

describe('a name', () => {
  it.each([hebrew, 'استيراد الطلبات', 'Report دوح'])(
    'that is read from right to left is isolated: %s',
    (name) => {
      expect(isolated(name)).toBe(`\u2068${name}\u2069`)
      expect(isolated(isolated(name))).toBe(isolated(name))
    },
  )

  it.each(['', 'Import orders (2)', 'Müller & Søn', '受注取込'])('that is not stays as it is: %s', (name) => {
    expect(isolated(name)).toBe(name)
  })
})

it('a text of ours isolates each name that is filled in, and all of a text that is made of several', () => {
  const { t } = createTranslator(['en'])
  const ofServer = t('toast.ofServer', { workflow: hebrew, server: 'Main' })
  expect(ofServer).toBe(`\u2068${hebrew}\u2069 (Main)`)
  expect(t('tray.job', { name: ofServer, phase: 'Running' })).toBe(`\u2068${ofServer}\u2069 – Running`)
})
