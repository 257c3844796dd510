import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  instanceId,
  workflowName,
  lastErrorLine,
  logDuration,
  logTimes,
  tellingLines,
} from '../../../src/main/wexflow/log.ts'

const transcriptSchema = z.object({
  events: z.array(z.looseObject({ request: z.string().optional(), response: z.string().optional() })),
})

/** The job's log as a real server sent it. */
function recordedLog(transcript: string): string[] {
  const file = new URL(`../../wexflow-sim/transcripts/${transcript}.json`, import.meta.url)
  const { events } = transcriptSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const log = events.findLast(({ request = '' }) => request.includes('entry-logs'))
  return z
    .string()
    .parse(JSON.parse(log?.response ?? ''))
    .split(/\r?\n/u)
}

describe('recorded logs', () => {
  test.each([
    ['warn', 'FilesLoader: File not found: /nonexistent', 1009],
    [
      'fail-missing-input',
      "An error occurred while running the workflow. The given key '99' was not present in the dictionary.",
      12,
    ],
    ['fail-exit-code', 'ProcessLauncher: ExitCode: 3', 19],
    // Done all the same: a launched process always leaves an empty ERROR line.
    ['vars-unicode', 'ProcessLauncher: world', 14],
  ])('%s', (transcript, error, duration) => {
    const lines = recordedLog(transcript)
    expect(lastErrorLine(lines)).toBe(error)
    expect(logDuration(lines)).toBe(duration)
  })

  test('the first line names the job', () => {
    expect(instanceId(recordedLog('warn'))).toBe('68e4c158-9ef0-4ea0-9a7d-66eed7b665a9')
    expect(instanceId(recordedLog('history'))).toBe('2145e072-9cfa-4dca-895b-00697108e3a9')
  })
})

describe('the log of a server whose language is Danish, as recorded: its first line has points in the place of colons', () => {
  const lines = [
    '2026-11-27 06.09.57.328  INFO - [Par fail / 1] Workflow started - Instance Id: de374b68-2d51-4f21-8d6f-53dbb6395ca9',
    '2026-11-27 06:09:57.357  INFO - [Par fail / 1] [Truth] Truth begins',
    '2026-11-27 06:09:58.896  ERROR - [Par fail / 1] [Truth] Truth fails',
    '2026-11-27 06:09:58.896 INFO  - [Par fail / 1] Workflow finished.',
  ]

  test('tells how long the job took, from its begin', () => {
    expect(logDuration(lines)).toBe(1568)
    expect(workflowName(lines)).toBe('Par fail')
  })

  test('tells why it failed where the server has written that line so as well', () => {
    const error =
      '2026-11-27 06.09.58.896  ERROR - An error occurred while running the workflow. Error: {id: 1'
    expect(lastErrorLine([...lines.slice(0, 1), error, 'System.Exception: no disk'])).toBe(
      'An error occurred while running the workflow. no disk',
    )
  })
})

describe('instanceId', () => {
  test.each([
    [[]],
    [['2026-11-24 03:12:46.616  INFO - [Warn / 1] Workflow started']],
    [['something else', '… Instance Id: 68e4c158-9ef0-4ea0-9a7d-66eed7b665a9']],
  ])('null: %j', (lines) => {
    expect(instanceId(lines)).toBeNull()
  })
})

describe('workflowName', () => {
  test('is that of the line with the job’s id, whatever the name', () => {
    expect(workflowName(recordedLog('warn'))).toBe('Warn')
    const line = '2026-11-24 03:12:46.616  INFO - [a / 2] [b] / 1] Workflow started - Instance Id: x'
    expect(workflowName([line])).toBe('a / 2] [b]')
  })

  test.each([[[]], [['2026-11-24 03:12:46.624  INFO - [Warn / 1] [Wait] Waiting for 00:00:01 ...']]])(
    'null: %j',
    (lines) => {
      expect(workflowName(lines)).toBeNull()
    },
  )
})

describe('logTimes', () => {
  test('the first and the last stamp, in the clock of the server', () => {
    expect(logTimes(recordedLog('warn'))).toEqual({
      firstAt: Date.UTC(2026, 10, 24, 3, 12, 46, 616),
      lastAt: Date.UTC(2026, 10, 24, 3, 12, 47, 625),
    })
  })
  test('a log that has only begun has one stamp', () => {
    const at = Date.UTC(2026, 10, 24, 3, 12, 46, 616)
    const lines = ['2026-11-24 03:12:46.616  INFO - [A / 1] Workflow started', '']
    expect(logTimes(lines)).toEqual({ firstAt: at, lastAt: at })
  })
  test.each([[[]], [['']], [['   at Somewhere()']]])('null: %j', (lines) => {
    expect(logTimes(lines)).toBeNull()
  })
})

describe('logDuration', () => {
  test('one stamp tells nothing', () => {
    expect(logDuration(['2026-11-24 03:12:46.616  INFO - [A / 1] Workflow started'])).toBeNull()
  })
  test('lines without a stamp do not count', () => {
    const lines = [
      '2026-11-24 23:59:59.500  INFO - [A / 1] Workflow started',
      '2026-11-25 00:00:01.000  ERROR - boom',
      '   at Somewhere()',
    ]
    expect(logDuration(lines)).toBe(1500)
  })
  test('a clock that was set back tells nothing', () => {
    const lines = ['2026-11-24 03:00:00.000  INFO - a', '2026-11-24 02:59:59.000  INFO - b']
    expect(logDuration(lines)).toBeNull()
  })
})

describe('lastErrorLine', () => {
  const stamp = '2026-11-24 03:12:46.502'
  test.each([
    [[`${stamp}  ERROR - [A / 1] [Ftp] first`, `${stamp}  ERROR - [A / 1] [Ftp] second`], 'Ftp: second'],
    [[`${stamp}  ERROR - [A / 1] [Ftp] first`, `${stamp}  ERROR - [A / 1] [Ftp] `], 'Ftp: first'],
    [[`${stamp}  ERROR - [Name / with / slashes / 12] broken`], 'broken'],
    [[`${stamp}  INFO - [A / 1] ERROR - not one`], null],
    [[`${stamp}  ERROR - broken`, 'System.IO.IOException: disk full', '   at X()'], 'broken disk full'],
    [[`${stamp}  WARN  - [A / 1] [Ftp] slow`, `${stamp}  INFO - [A / 1] [Ftp] Bye`], 'Ftp: slow'],
    [[`${stamp}  ERROR - [A / 1] [Ftp] broken`, `${stamp}  WARN - [A / 1] [Ftp] slow`], 'Ftp: broken'],
    [[`${stamp}  FATAL - broken`], 'broken'],
    [
      [
        `${stamp}  INFO - [A / 1] [Launcher] all is lost`,
        `${stamp}  ERROR - [A / 1] [Launcher] `,
        `${stamp}  INFO - [A / 1] [Launcher] Task finished.`,
        `${stamp} INFO  - [A / 1] Workflow finished.`,
      ],
      'Launcher: all is lost',
    ],
    [[`${stamp}  ERROR - [A / 1] [Launcher] `, `${stamp} INFO  - [A / 1] Workflow finished.`], null],
    [[`${stamp}  INFO - [A / 1] [Launcher] ExitCode: 0`], null],
    [[], null],
  ])('%j', (lines, expected) => {
    expect(lastErrorLine(lines)).toBe(expected)
  })
})

const stampOf = (at: number): string => `2026-11-24 03:12:00.${String(at % 1000).padStart(3, '0')} `
const news = (at: number): string => `${stampOf(at)} INFO - [Warn / 1] [SqlImport] Row ${at}.`
const error = (at: number): string => `${stampOf(at)} ERROR - [Warn / 1] [SqlImport] Row ${at} failed.`
const longLog = (lineAt: (at: number) => string, count = 5000): string[] =>
  Array.from({ length: count }, (_none, at) => lineAt(at))
/** In pieces of a size that divides nothing. */
async function* inPieces(lines: readonly string[]): AsyncGenerator<readonly string[], void, void> {
  for (let at = 0; at < lines.length; at += 333) yield lines.slice(at, at + 333)
}

describe('the lines of a long log that tell most', () => {
  test('are all of a short one', async () => {
    const lines = longLog(news, 600)
    expect(await tellingLines(inPieces(lines))).toEqual(lines)
  })

  test('are few', async () => {
    expect((await tellingLines(inPieces(longLog(error)))).length).toBe(700)
  })

  test.each([98, 99, 100, 101, 332, 333, 2000, 4498, 4499, 4500, 4501, 4998])(
    'tell of an error in line %i with its exception',
    async (place) => {
      const lines = longLog((at) => {
        if (at === place + 1) return 'IOException: The disk is full.'
        return at === place ? error(at) : news(at)
      })
      const told = await tellingLines(inPieces(lines))
      expect(lastErrorLine(told)).toBe(`SqlImport: Row ${place} failed. The disk is full.`)
      expect(logDuration(told)).toBe(logDuration(lines))
    },
  )

  test('tell how long it took where it ends with lines without a stamp', async () => {
    const lines = longLog((at) => (at < 4000 ? news(at) : 'output'))
    expect(logDuration(await tellingLines(inPieces(lines)))).toBe(999)
  })

  test('have no line twice', async () => {
    const told = await tellingLines(inPieces(longLog((at) => (at < 4000 ? error(at) : 'output'))))
    const errors = told.filter((line) => line !== 'output')
    expect([errors.length, new Set(errors).size]).toEqual([199, 199])
  })
})
