import { expect, test } from 'vitest'
import { environmentProxy } from '../../../src/cli/environment-proxy.ts'

const http = 'http://wexflow.example:8000/'
const https = 'https://wexflow.example/'

test.each<[env: Readonly<Record<string, string>>, url: string, pac: string]>([
  [{}, http, 'DIRECT'],
  [{ http_proxy: 'http://cache:3128' }, http, 'PROXY cache:3128'],
  [{ http_proxy: 'cache:3128' }, http, 'PROXY cache:3128'],
  [{ http_proxy: 'http://cache:3128/' }, https, 'DIRECT'],
  [{ HTTP_PROXY: 'http://evil:1' }, http, 'DIRECT'],
  [{ HTTPS_PROXY: 'https://cache:3129' }, https, 'HTTPS cache:3129'],
  [{ all_proxy: 'socks5://cache:1080' }, https, 'SOCKS5 cache:1080'],
  [{ http_proxy: 'cache:1', no_proxy: '*' }, http, 'DIRECT'],
  [{ http_proxy: 'cache:1', no_proxy: 'localhost, wexflow.example' }, http, 'DIRECT'],
  [{ http_proxy: 'cache:1', NO_PROXY: '.example' }, http, 'DIRECT'],
  [{ http_proxy: 'cache:1', no_proxy: 'flow.example' }, http, 'PROXY cache:1'],
  [{ http_proxy: 'cache:1', no_proxy: 'wexflow.example:8000' }, http, 'DIRECT'],
  [{ http_proxy: 'cache:1', no_proxy: 'wexflow.example:80' }, http, 'PROXY cache:1'],
  [{ https_proxy: 'cache:1', no_proxy: 'wexflow.example:443' }, https, 'DIRECT'],
])('with %j the way to %s is %s', (env, url, pac) => {
  expect(environmentProxy(env, url)).toBe(pac)
})
