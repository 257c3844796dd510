import { describe, expect, test } from 'vitest'
import { isThisMachine, possibleAddresses } from '../../../src/main/wexflow/address.ts'

describe('possibleAddresses', () => {
  test.each([
    ['wexflow', ['http://wexflow:8000', 'http://wexflow', 'https://wexflow:8000', 'https://wexflow']],
    ['wexflow:9000', ['http://wexflow:9000', 'https://wexflow:9000']],
    ['wexflow:80', ['http://wexflow', 'https://wexflow:80']],
    ['http://wexflow', ['http://wexflow', 'http://wexflow:8000']],
    ['https://wexflow', ['https://wexflow', 'https://wexflow:8000']],
    ['https://wexflow:8000', ['https://wexflow:8000']],
    ['http://wexflow:80', ['http://wexflow']],
    [' http://wexflow:8000/ ', ['http://wexflow:8000']],
    ['http://wexflow:8000/api/v1', ['http://wexflow:8000']],
    ['http://wexflow:8000/api/v1/', ['http://wexflow:8000']],
    ['wexflow:8000/API/V1/', ['http://wexflow:8000', 'https://wexflow:8000']],
    [
      'https://example.org/tools/wexflow/api/v1',
      ['https://example.org/tools/wexflow', 'https://example.org:8000/tools/wexflow'],
    ],
    ['HTTP://WexFlow:8000', ['http://wexflow:8000']],
    ['127.0.0.1:8000', ['http://127.0.0.1:8000', 'https://127.0.0.1:8000']],
    ['[::1]:8000', ['http://[::1]:8000', 'https://[::1]:8000']],
    ['http://[::1]', ['http://[::1]', 'http://[::1]:8000']],
    ['http://wexflow:8000/?a=b#c', ['http://wexflow:8000']],
  ])('%s', (typed, addresses) => {
    expect(possibleAddresses(typed)).toEqual(addresses)
  })

  test.each([
    '',
    '   ',
    'ftp://wexflow',
    'http://',
    'two words',
    'wexflow:99999',
    'http://admin:secret@wexflow:8000',
  ])('no address: %j', (typed) => {
    expect(possibleAddresses(typed)).toEqual([])
  })
})

test.each([
  ['http://localhost:8000', true],
  ['http://127.0.0.1:8000', true],
  ['http://127.8.9.1', true],
  ['http://[::1]:8000', true],
  ['http://127.0.0.1.example.org', false],
  ['http://wexflow:8000', false],
  ['http://10.0.0.1:8000', false],
])('isThisMachine %s: %s', (baseUrl, expected) => {
  expect(isThisMachine(baseUrl)).toBe(expected)
})
