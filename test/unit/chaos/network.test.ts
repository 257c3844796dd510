import { expect, it } from 'vitest'
import type { FetchOptions } from '../../../src/main/wexflow/transport.ts'
import { Draw } from '../../chaos/draw.ts'
import { Network } from '../../chaos/network.ts'

const get = (signal: AbortSignal): FetchOptions => ({ method: 'GET', headers: {}, signal })

it('what was given up before it was sent takes none of the connections that a client may have', async () => {
  const answer = { status: 200, headers: { get: () => null }, body: null, text: () => Promise.resolve('') }
  const network = new Network(new Draw(() => 0), () => Promise.resolve(answer))
  network.slowestMs = 0
  network.limit(1)
  const { call } = network.transport()
  await expect(call('http://server/entry', get(AbortSignal.abort(new Error('too late'))))).rejects.toThrow(
    'too late',
  )
  const { status } = await call('http://server/entry', get(new AbortController().signal))
  expect(status).toBe(200)
})
