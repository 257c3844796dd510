import { beforeEach, describe, expect, test, vi } from 'vitest'
import { mask, Redactor } from '../../../src/main/platform/redaction.ts'
import { networkWire, ServerAccess } from '../../../src/main/servers/access.ts'
import { WexflowError } from '../../../src/main/wexflow/errors.ts'
import type { FetchOptions, Transport } from '../../../src/main/wexflow/transport.ts'
import { noSecrets, usualConnection } from '../../../src/shared/usual-connection.ts'
import { inMemoryTransport } from '../../wexflow-sim/in-memory.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { profile } from '../app-state.ts'
import { answered, form, second, useFakeClock } from '../main-process.ts'

/** What the form says, reached as usual. */
const credentials = { ...form, connection: usualConnection, secrets: noSecrets }

let sim: WexflowSim
let redactor: Redactor
let open: Set<Transport>
let tokens: string[]
let remembered: string | null
/** What the server answers to `search` in place of its own answer; null for that one. */
let workflows: string | null
let warnings: string[]
/** What somebody would write to the log at each call, and how it would stand there. */
let line: string
let masked: string[]
let access: ServerAccess
let onDefaultPassword: ReturnType<typeof vi.fn<() => void>>

beforeEach(() => {
  useFakeClock()
  sim = new WexflowSim({ workflows: [second] })
  redactor = new Redactor()
  open = new Set()
  tokens = []
  remembered = null
  workflows = null
  warnings = []
  line = ''
  masked = []
  onDefaultPassword = vi.fn<() => void>()
  access = new ServerAccess({
    passwords: { read: async () => remembered, whyNotNow: () => null },
    connection: () => usualConnection,
    secrets: async () => noSecrets,
    redactor,
    wire: { ...networkWire, newTransport },
    log: { warn: (message) => warnings.push(message) },
  })
})

/** A way to the server on which the tokens are seen that are sent. */
function newTransport(): Transport {
  const { call, stream } = inMemoryTransport(sim)
  const transport: Transport = {
    call: (url, options) => {
      tokens.push(tokenOf(options))
      masked.push(redactor.redact(line))
      if (workflows !== null && url.includes('/search?')) return plainAnswer(workflows)
      return call(url, options)
    },
    stream,
    close: () => open.delete(transport),
  }
  open.add(transport)
  return transport
}

const plainAnswer = (body: string): ReturnType<Transport['call']> =>
  Promise.resolve({ status: 200, headers: new Headers(), body: null, text: () => Promise.resolve(body) })

const tokenOf = ({ headers }: FetchOptions): string => (headers['Authorization'] ?? '').replace('Bearer ', '')
const admin = { ...profile, baseUrl: 'http://wexflow:8000', username: 'admin' }

describe('signing in', () => {
  test('finds the server and uses the token of this sign-in', async () => {
    const signedIn = await answered(access.signIn({ ...credentials, address: 'http://wexflow:8000/api/v1' }))
    expect(signedIn.baseUrl).toBe('http://wexflow:8000')
    const { server } = signedIn.open(admin)
    expect(await answered(server.workflows())).toHaveLength(1)
    expect(sim.requests('login')).toBe(1)
  })

  test.each([
    ['the address', { address: '' }, 'badAddress'],
    ['the password', { password: 'wrong' }, 'badCredentials'],
  ])('with a mistake in %s leaves no connection behind', async (_name, mistake, kind) => {
    const error: unknown = await answered(
      access.signIn({ ...credentials, ...mistake }).catch((reason: unknown) => reason),
    )
    expect(error instanceof WexflowError && error.failure.kind).toBe(kind)
    expect(open.size).toBe(0)
  })
})

describe('a stored profile', () => {
  test('signs in with the remembered password, when it first asks', async () => {
    remembered = form.password
    const { server } = access.open(admin, onDefaultPassword)
    expect(sim.requests('login')).toBe(0)
    expect(await answered(server.workflows())).toHaveLength(1)
    expect(sim.requests('login')).toBe(1)
    expect(onDefaultPassword).toHaveBeenCalledTimes(1)
  })

  test.each([
    ['to this machine', { baseUrl: 'http://localhost:8000' }, form.password],
    ['in secret', { baseUrl: 'https://wexflow' }, form.password],
    ['of another user', { username: 'administrator' }, form.password],
    ['of somebody’s own', {}, 'swordfish'],
  ])('says nothing of a password %s', async (_name, part, password) => {
    remembered = password
    await answered(
      access
        .open({ ...admin, ...part }, onDefaultPassword)
        .server.workflows()
        .catch(() => []),
    )
    expect(onDefaultPassword).not.toHaveBeenCalled()
  })

  test('without a remembered password needs a sign-in', async () => {
    const error: unknown = await answered(
      access
        .open(admin, onDefaultPassword)
        .server.workflows()
        .catch((reason: unknown) => reason),
    )
    expect(error instanceof WexflowError && error.failure.kind).toBe('signInExpired')
  })

  test('tells the log of rows that can’t be read', async () => {
    remembered = form.password
    workflows = '[{"Id":1,"Name":"A"},{"Id":null,"Name":"B"}]'
    expect(await answered(access.open(admin, onDefaultPassword).server.workflows())).toHaveLength(1)
    expect(warnings).toEqual(['http://wexflow:8000: 1 rows of search can’t be read and are left out'])
  })

  test('that is closed breaks its connections', () => {
    const server = access.open(admin, onDefaultPassword)
    expect(open.size).toBe(1)
    server.close()
    expect(open.size).toBe(0)
  })
})

describe('secrets', () => {
  test('that were typed are masked while they are used, and kept in memory no longer', async () => {
    line = 'swordfish'
    await answered(access.signIn({ ...credentials, password: 'swordfish' }).catch(() => {}))
    expect(masked.at(-1)).toBe(mask)
    expect(redactor.redact('swordfish')).toBe('swordfish')
  })

  test('that were remembered as well', async () => {
    remembered = form.password
    line = form.password
    await answered(access.open(admin, onDefaultPassword).server.workflows())
    expect(masked[0]).toBe(mask)
    expect(redactor.redact(form.password)).toBe(form.password)
  })

  test('such as the token are masked as long as it is used', async () => {
    const signedIn = await answered(access.signIn(credentials))
    const opened = signedIn.open(admin)
    await answered(opened.server.workflows())
    const [token = ''] = tokens.slice(-1)
    // Within a word, where its shape alone does not give all of it away.
    const written = `x${token}`
    expect(redactor.redact(written)).toBe(`x${mask}`)
    opened.close()
    expect(redactor.redact(written)).not.toBe(`x${mask}`)
  })
})
