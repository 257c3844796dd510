import { expect, test } from 'vitest'
import { type DiagnosticsInput, diagnosticsText } from '../../../src/main/platform/diagnostics.ts'
import { Redactor } from '../../../src/main/platform/redaction.ts'
import { serverWith, stateOf } from '../app-state.ts'
import { endedView, viewIn } from '../job-view.ts'

const server = serverWith({
  baseUrl: 'https://maria:sekret-in-url@wexflow.example:8000/base?key=query-secret#frag',
  username: 'maria',
  link: 'offline',
  failure: { kind: 'refused', detail: 'ECONNREFUSED' },
  workflowsKnown: false,
})
const state = stateOf(
  [server, serverWith({ id: 'other', baseUrl: 'http://test:8000', username: 'bob' })],
  [{ kind: 'noKeychain', detail: 'basic_text' }],
)

const input: DiagnosticsInput = {
  machine: {
    appVersion: '0.1.0',
    process: {
      versions: { electron: '45.4.1', chrome: '150.0', node: '24.1.0' },
      platform: 'linux',
      arch: 'x64',
      env: { XDG_CURRENT_DESKTOP: 'KDE', HOME: '/home/maria', WEXFLOW_PASSWORD: 'environment-secret' },
    },
    osRelease: '6.1',
  },
  state,
  jobs: [],
  logLines: [
    'signed in as maria with hunter2hunter2, then as bob',
    'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln',
    '{"password":"typed-secret"}',
  ],
  now: Date.UTC(2026, 10, 24, 8, 30),
}

test('says what an engineer needs', () => {
  const text = diagnosticsText(input, new Redactor())
  const lines = text.split('\n')
  for (const line of [
    'Wexflow Tray: 0.1.0',
    'electron: 45.4.1',
    'system: linux 6.1 x64',
    'XDG_CURRENT_DESKTOP: KDE',
    'XDG_SESSION_TYPE: not set',
    'time: 2026-11-24T08:30:00.000Z',
    'servers: 2',
    'server 1: https://wexflow.example:8000/base, link offline, failure refused (ECONNREFUSED), stays signed in, workflows not known yet',
    'server 2: http://test:8000/, link online, stays signed in, 0 workflows',
    'notices: noKeychain (basic_text)',
    'jobs by phase: none',
  ]) {
    expect(lines).toContain(line)
  }
})

test('counts the jobs, and how those that ended did', () => {
  const jobs = [viewIn('notBegun'), endedView('done'), endedView('failed'), endedView('done')]
  const lines = diagnosticsText({ ...input, jobs }, new Redactor()).split('\n')
  expect(lines).toContain('jobs by phase: notBegun 1, ended 3')
  expect(lines).toContain('jobs by outcome: done 2, failed 1')
})

test('names no secret and no user', () => {
  const redactor = new Redactor()
  redactor.add('hunter2hunter2')
  const text = diagnosticsText(input, redactor)
  for (const secret of [
    'hunter2hunter2',
    'sekret-in-url',
    'query-secret',
    'environment-secret',
    'typed-secret',
    'eyJ',
    'maria',
    'bob',
  ]) {
    expect(text).not.toContain(secret)
  }
})

test('a user name that is part of other words leaves them alone', () => {
  const one = serverWith({ username: 'e' })
  const text = diagnosticsText({ ...input, state: stateOf([one]), logLines: ['user e.'] }, new Redactor())
  expect(text).toContain('electron: 45.4.1')
  expect(text).toContain('user [user].')
})
