import { describe, expect, test } from 'vitest'
import { routeKey, routeOfAddress, routesOfList } from '../../../src/main/network/proxies.ts'
import { WexflowError } from '../../../src/main/wexflow/errors.ts'

const failureOf = (read: () => unknown): string => {
  try {
    return JSON.stringify(read())
  } catch (error) {
    if (!(error instanceof WexflowError)) throw error
    return `${error.failure.kind} ${error.failure.detail}`
  }
}

describe('a list of proxies', () => {
  test.each<[string, string[]]>([
    ['DIRECT', ['direct']],
    ['', ['direct']],
    ['PROXY cache:3128', ['http://cache:3128']],
    ['PROXY cache:3128; DIRECT', ['http://cache:3128', 'direct']],
    ['proxy a:1;HTTPS b ; HTTP [::1]:8', ['http://a:1', 'https://b:443', 'http://::1:8']],
    ['SOCKS5 s:1080; PROXY cache', ['http://cache:80']],
  ])('%s', (list, keys) => {
    expect(routesOfList(list).map(routeKey)).toEqual(keys)
  })

  test.each([
    ['SOCKS5 s:1080', 'SOCKS5'],
    ['SOCKS s:1080; QUIC q:443', 'SOCKS'],
    ['PROXY ', 'PROXY'],
  ])('of which none can be used is said to be so: %s', (list, detail) => {
    expect(failureOf(() => routesOfList(list))).toBe(`proxyUnsupported ${detail}`)
  })
})

describe('a proxy’s address as it is typed', () => {
  test.each([
    ['cache:3128', 'http://cache:3128'],
    [' cache ', 'http://cache:80'],
    ['http://cache:3128/', 'http://cache:3128'],
    ['https://cache', 'https://cache:443'],
    ['[::1]:3128', 'http://::1:3128'],
  ])('%s', (typed, key) => {
    expect(routeKey(routeOfAddress(typed))).toBe(key)
  })

  test.each([
    ['', 'badProxyAddress no address'],
    ['two words', 'badProxyAddress no address'],
    ['ann:secret@cache:3128', 'badProxyAddress no address'],
    ['socks5://cache:1080', 'proxyUnsupported socks5'],
  ])('%j is none', (typed, failure) => {
    expect(failureOf(() => routeOfAddress(typed))).toBe(failure)
  })
})
