import { expect, test } from 'vitest'
import { serverName, withUniqueNames } from '../../../src/main/servers/server-name.ts'

test.each([
  [{ baseUrl: 'http://wexflow:8000' }, 'wexflow:8000'],
  [{ baseUrl: 'https://host/wexflow' }, 'host/wexflow'],
  [{ baseUrl: 'not an address' }, 'not an address'],
  [{ baseUrl: 'http://wexflow:8000', name: '' }, 'wexflow:8000'],
  [{ baseUrl: 'http://wexflow:8000', name: 'Production' }, 'Production'],
])('%j is called %s', (profile, name) => {
  expect(serverName(profile)).toBe(name)
})

const named = (
  name: string,
  username: string,
  baseUrl: string,
): Parameters<typeof withUniqueNames>[0][number] => ({
  name,
  username,
  baseUrl,
})

test.each([
  [
    'of different names: by these',
    [named('A', 'maria', 'http://a'), named('B', 'maria', 'http://b')],
    ['A', 'B'],
  ],
  [
    'of one name: by the user',
    [named('a', 'maria', 'http://a'), named('a', 'admin', 'http://a'), named('B', 'admin', 'http://b')],
    ['a (maria)', 'a (admin)', 'B'],
  ],
  [
    'of one name and user: by the address',
    [named('Test', 'admin', 'http://a:8000'), named('Test', 'admin', 'http://b')],
    ['Test (a:8000)', 'Test (b)'],
  ],
  [
    'whose addresses differ in the scheme alone: by all of it',
    [named('a', 'admin', 'http://a'), named('a', 'admin', 'https://a')],
    ['a (admin, http://a)', 'a (admin, https://a)'],
  ],
])('servers are told apart, %s', (_name, servers, names) => {
  expect(withUniqueNames(servers).map(({ name }) => name)).toEqual(names)
})
