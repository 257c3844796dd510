import { describe, expect, test } from 'vitest'
import { mask, Redactor } from '../../../src/main/platform/redaction.ts'

const token =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZG1pbiJ9.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c'

describe('shapes of secrets are masked without being known', () => {
  test.each([
    ['a token in a sentence', `login gave ${token} today`, `login gave ${mask} today`],
    ['a header', `Authorization: Bearer abc.def-123`, `Authorization: ${mask} ${mask}`],
    ['a header in JSON', `{"authorization":"Bearer ${token}"}`, `{"authorization":${mask}}`],
    ['a login body', `{"username":"admin","password":"p\\"w, x"}`, `{"username":"admin","password":${mask}}`],
    ['an inspected object', `{ password: 'hunter2', retries: 3 }`, `{ password: ${mask}, retries: 3 }`],
    ['a query', `GET /x?access_token=abc&page=2`, `GET /x?access_token=${mask}&page=2`],
    ['an address with a user', `http://bob:pw@host:8000/api/v1`, `http://host:8000/api/v1`],
  ])('%s', (_name, text, expected) => {
    expect(new Redactor().redact(text)).toBe(expected)
  })

  test('ordinary text stays as it is', () => {
    const text = 'job 41 ended: Done in 3 s, http://host:8000/api/v1/entry?w=1&i=2, mail to me@example.org'
    expect(new Redactor().redact(text)).toBe(text)
  })
})

describe('known secrets', () => {
  test('are masked as they are, in JSON and in addresses, until forgotten', () => {
    const redactor = new Redactor()
    const secret = 'a b"ü&c'
    const text = `${secret} | ${JSON.stringify(secret)} | ${encodeURIComponent(secret)}`
    const forget = redactor.add(secret)
    expect(redactor.redact(text)).toBe(`${mask} | "${mask}" | ${mask}`)
    forget()
    forget()
    expect(redactor.redact('a b"ü&c')).toBe('a b"ü&c')
  })

  test('named twice stay masked until both have forgotten', () => {
    const redactor = new Redactor()
    const forgetFirst = redactor.add('hunter2')
    const forgetSecond = redactor.add('hunter2')
    forgetFirst()
    forgetFirst()
    expect(redactor.redact('hunter2')).toBe(mask)
    forgetSecond()
    expect(redactor.redact('hunter2')).toBe('hunter2')
  })

  test('the longer of two that overlap is masked whole', () => {
    const redactor = new Redactor()
    redactor.add('hunter')
    redactor.add('hunter22')
    expect(redactor.redact('hunter22')).toBe(mask)
  })
})
