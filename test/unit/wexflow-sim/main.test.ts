import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'

const main = path.resolve(import.meta.dirname, '../../wexflow-sim/main.ts')

/** Runs the command as npm does, without npm. */
function sim(...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** What it complained of, once it has ended by itself. */
async function complaint(...words: string[]): Promise<{ code: unknown; said: string }> {
  const child = sim(...words)
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, said }
}

test('says where it is, whom it knows and what they may start, and ends when it is asked to', async () => {
  const child = sim('--port', '0')
  const lines: string[] = []
  const reader = createInterface(child.stdout)
  reader.on('line', (line) => lines.push(line))
  while (!lines.at(-1)?.includes('Ctrl+C')) await once(reader, 'line')
  expect(lines).toContain('  admin / wexflow2018 (superAdministrator)')
  expect(lines.join('\n')).toMatch(/^ +4 {2}Send invoices +Fails: the mail server refuses$/m)
  const [origin] = /http:\S+/.exec(lines[0] ?? '') ?? []
  const hello = await fetch(`${origin}/api/v1/hello`)
  expect(await hello.text()).toContain('Wexflow Service is running')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test.each([
  [['--port', '80000'], '"80000" is no port: it is a number from 0 (any that is free) to 65535.\n'],
  [['--port', 'http'], '"http" is no port: it is a number from 0 (any that is free) to 65535.\n'],
  [['--host', 'x'], "Unknown option '--host'. Usage: npm run sim [-- --port 8000]\n"],
  [['8000'], "Unexpected argument '8000'. Usage: npm run sim [-- --port 8000]\n"],
])('refuses %j in a sentence', async (words, said) => {
  expect(await complaint(...words)).toEqual({ code: 1, said })
})

test('says that a port is taken, and what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const address: AddressInfo | string | null = other.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  expect(await complaint('--port', String(port))).toEqual({
    code: 1,
    said: `Port ${port} can't be had: something else listens there already. Choose another: npm run sim -- --port 0\n`,
  })
})
