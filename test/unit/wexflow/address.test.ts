import { describe, expect, test } from 'vitest'
import {
  encryptedAddress,
  isThisMachine,
  possibleAddresses,
  webManagerAddress,
} from '../../../src/main/wexflow/address.ts'

describe('possibleAddresses', () => {
  test.each([
    ['wexflow', ['http://wexflow:8000', 'http://wexflow', 'https://wexflow:8000', 'https://wexflow']],
    ['fd00::1', ['http://[fd00::1]:8000', 'http://[fd00::1]', 'https://[fd00::1]:8000', 'https://[fd00::1]']],
    ['[fd00::1]:9000', ['http://[fd00::1]:9000', 'https://[fd00::1]:9000']],
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
    ['http://wexflow:8000/api/v1/hello', ['http://wexflow:8000', 'http://wexflow:8000/api/v1/hello']],
    ['http://wexflow:8000/admin/', ['http://wexflow:8000', 'http://wexflow:8000/admin']],
    [
      'http://wexflow:8000/admin/dashboard?lang=en#top',
      ['http://wexflow:8000', 'http://wexflow:8000/admin/dashboard'],
    ],
    [
      'http://wexflow:8000/swagger/index.html',
      ['http://wexflow:8000', 'http://wexflow:8000/swagger/index.html'],
    ],
    ['http://x:1/tools/admin/login', ['http://x:1/tools', 'http://x:1/tools/admin/login']],
    ['http://x:1/administration', ['http://x:1/administration']],
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

describe('encryptedAddress', () => {
  test.each([
    ['http://wexflow', 'https://wexflow/api/v1/hello', 'https://wexflow'],
    ['http://wexflow:8000', 'https://wexflow:8443/api/v1/hello', 'https://wexflow:8443'],
    ['http://wexflow/tools', 'https://wexflow/tools/api/v1/hello', 'https://wexflow/tools'],
    ['http://wexflow/tools', 'https://wexflow/', 'https://wexflow/tools'],
    ['http://wexflow', 'https://wexflow', 'https://wexflow'],
    ['http://wexflow', 'https://wexflow.example/api/v1/hello', null],
    ['http://wexflow', 'http://wexflow/api/v1/hello', null],
    ['https://wexflow', 'https://wexflow/login', null],
    ['http://wexflow', '/api/v1/hello', null],
    ['http://wexflow', '', null],
  ])('%s redirected to %j: %s', (address, location, expected) => {
    expect(encryptedAddress(address, '/api/v1/hello', location)).toBe(expected)
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

test('the web manager is where its server is, also below a path', () => {
  expect(webManagerAddress('https://example.org/tools/wexflow', 'manager')).toBe(
    'https://example.org/tools/wexflow/admin/manager.html',
  )
})
