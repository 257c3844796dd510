import { describe, expect, test } from 'vitest'
import { parseDeepLink } from '../../../src/main/deep-links/deep-link.ts'
import { longestDeepLink } from '../../../src/shared/deep-link.ts'

const start = (server: string, workflow: string, variables: Readonly<Record<string, string>> = {}) => ({
  kind: 'start',
  server,
  workflow,
  variables: Object.entries(variables).map(([name, value]) => ({ name, value })),
})

const query = (count: number): string => Array.from({ length: count }, (_, index) => `v${index}=x`).join('&')

describe('a link that asks for something', () => {
  test.each([
    ['wexflow-tray://start/office/12', start('office', '12')],
    ['wexflow-tray://start/office/12/', start('office', '12')],
    ['WEXFLOW-TRAY://START/office/12', start('office', '12')],
    ['wexflow-tray://start/wexflow.example:8000/12', start('wexflow.example:8000', '12')],
    ['wexflow-tray://start/%5B::1%5D:8000/12', start('[::1]:8000', '12')],
    ['wexflow-tray://start/the%20office/Import%20orders', start('the office', 'Import orders')],
    ['wexflow-tray://start/office/Und%2Foder', start('office', 'Und/oder')],
    ['wexflow-tray://start/bureau/R%C3%A9sum%C3%A9', start('bureau', 'Résumé')],
    ['wexflow-tray://start/bureau/Résumé', start('bureau', 'Résumé')],
    ['wexflow-tray://start/a/1?who=Zo%C3%AB+B&day=1%2B1', start('a', '1', { who: 'Zoë B', day: '1+1' })],
    ['wexflow-tray://start/a/1?empty=&flag', start('a', '1', { empty: '', flag: '' })],
    ['wexflow-tray://start/a/1?url=https://x/?y', start('a', '1', { url: 'https://x/?y' })],
    ['wexflow-tray://start/a/1?v=--no-sandbox', start('a', '1', { v: '--no-sandbox' })],
    ['wexflow-tray://job/3f2b-1', { kind: 'job', key: '3f2b-1' }],
  ])('%s', (address, link) => {
    expect(parseDeepLink(address)).toEqual(link)
  })

  test('may hold every variable that a start can be given, and no more', () => {
    expect(parseDeepLink(`wexflow-tray://start/a/1?${query(100)}`)).not.toBeNull()
    expect(parseDeepLink(`wexflow-tray://start/a/1?${query(101)}`)).toBeNull()
  })

  test('may be as long as a value needs, and no longer', () => {
    expect(parseDeepLink(`wexflow-tray://start/a/1?v=${'x'.repeat(10_000)}`)).not.toBeNull()
    expect(parseDeepLink(`wexflow-tray://start/a/1?v=${'x'.repeat(10_001)}`)).toBeNull()
    expect(parseDeepLink(`wexflow-tray://start/a/1?v=${'x'.repeat(longestDeepLink)}`)).toBeNull()
  })
})

describe('a link that asks for nothing, or for more than it may', () => {
  test.each([
    ['', 'empty'],
    ['wexflow-tray:', 'nothing but the scheme'],
    ['wexflow-tray://', 'the same with slashes'],
    ['wexflow-tray:start/a/1', 'no host'],
    ['wexflow-tray://app/index.html', 'the window’s own pages'],
    ['wexflow-tray://stop/a/1', 'another wish'],
    ['wexflow-tray://start', 'no server'],
    ['wexflow-tray://start/a', 'no workflow'],
    ['wexflow-tray://start//1', 'an empty server'],
    ['wexflow-tray://start/a/1/now', 'more than a workflow'],
    ['wexflow-tray://job/', 'no key'],
    ['wexflow-tray://job/a/b', 'more than a key'],
    ['wexflow-tray://job/a?then=stop', 'more than a job'],
    ['wexflow-tray://start/a/1#x', 'a fragment'],
    ['wexflow-tray://ann@start/a/1', 'a user'],
    ['wexflow-tray://ann:secret@start/a/1', 'a password'],
    ['wexflow-tray://start:80/a/1', 'a port'],
    ['https://start/a/1', 'another scheme'],
    ['javascript:alert(1)', 'a script'],
    ['file:///etc/passwd', 'a file'],
    ['wexflow-tray://start/a/%', 'half an escape'],
    ['wexflow-tray://start/a/%FF', 'no UTF-8'],
    ['wexflow-tray://start/a/%00', 'a NUL'],
    ['wexflow-tray://start/a/x%0Ay', 'a line end'],
    ['wexflow-tray://start/a/1?v=x%0D%0Ay', 'line ends in a value'],
    ['wexflow-tray://start/a/1?v=%1B[31m', 'an escape sequence'],
    ['wexflow-tray://start/a/gnp.%E2%80%AEexe', 'text that is turned around'],
    ['wexflow-tray://start/%E2%81%A6a/1', 'text that is set apart'],
    ['wexflow-tray://start/a/1\n', 'a line end after it'],
    ['wexflow-tray://start/a/1\u202E', 'a mark of direction after it'],
    ['wexflow-tray://start/a/1?=x', 'a value without a name'],
    ['wexflow-tray://start/a/1?1st=x', 'a name that no variable has'],
    ['wexflow-tray://start/a/1?a%20b=x', 'a name with a space'],
    ['wexflow-tray://start/a/1?v=1&v=2', 'a variable twice'],
    ['wexflow-tray://start/a/1?v=1&%76=2', 'the same in disguise'],
    [`wexflow-tray://start/a/1?${'v'.repeat(101)}=x`, 'a name that is too long'],
    [`wexflow-tray://start/${'a'.repeat(201)}/1`, 'a server that is too long'],
    [`wexflow-tray://start/${'%61'.repeat(100_000)}/1`, 'a huge one'],
  ])('%j: %s', (address) => {
    expect(parseDeepLink(address)).toBeNull()
  })
})
