import { describe, expect, test } from 'vitest'
import { askedOf } from '../../../src/cli/arguments.ts'
import { cli } from './recording-terminal.ts'

test('a start says its workflow, its server, its variables and how it is followed', () => {
  const words = [
    'run',
    'Import orders',
    '--var',
    'day=2026-11-26',
    '--wait',
    '--server',
    'prod',
    '--var',
    'url=a=b',
  ]
  expect(askedOf(words)).toMatchObject({
    verb: 'run',
    operand: 'Import orders',
    server: 'prod',
    user: null,
    variables: [
      { name: 'day', value: '2026-11-26', isSecret: false },
      { name: 'url', value: 'a=b', isSecret: false },
    ],
    waits: true,
    showsLog: false,
    isJson: false,
  })
})

test.each([[['help']], [['--help']], [['-h']], [['run', '--help']], [['stop', '-h', '--json']]])(
  '%j shows the help',
  (words) => {
    expect(askedOf(words).verb).toBe('help')
  },
)

describe('what is not understood', () => {
  test.each<[words: string[], sentence: RegExp]>([
    [[], /^Say what to do\./u],
    [['start', '1'], /^There is no command “start”\./u],
    [['toString'], /^There is no command “toString”\./u],
    [['run'], /^Say which: run WORKFLOW\./u],
    [['run', 'Import', 'orders'], /^“orders” is too much\. A name with spaces needs quotes\./u],
    [['list', 'all'], /^“all” is too much/u],
    [['list', '--wait'], /^The command list takes no --wait\./u],
    [['stop', '1', '--var', 'a=b'], /^The command stop takes no --var\./u],
    [['run', '1', '--password', 'secret'], /^Unknown option '--password'/u],
    [['run', '1', '--server'], /--server/u],
    [['run', '1', '--log'], /^--log needs --wait/u],
    [['run', '1', '--var', 'day'], /^--var wants NAME=VALUE\./u],
    [['run', '1', '--var', '1day=x'], /^--var wants NAME=VALUE\./u],
    [['run', '1', '--var', `day=${'x'.repeat(10_001)}`], /^--var wants NAME=VALUE\./u],
    [['run', '1', '--var', 'a=1', '--var', 'a=2'], /^The variable a is given twice\./u],
  ])('%j is refused with a sentence on standard error and exit code 2', async (words, sentence) => {
    const { code, out, err } = await cli(words)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(sentence)
    expect(err.split('\n')).toHaveLength(3)
  })
})

test('the version is a line of its own', async () => {
  expect(await cli(['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' })
})

test('the help names every command, option and exit code, in lines that a terminal shows whole', async () => {
  const { code, out } = await cli(['--help'])
  expect(code).toBe(0)
  for (const word of ['run WORKFLOW', 'approve JOB', '--var NAME=VALUE', '-h, --help', '  130  ', '  7  '])
    expect(out).toContain(word)
  expect(out.split('\n').filter((line) => line.length > 110)).toEqual([])
})
