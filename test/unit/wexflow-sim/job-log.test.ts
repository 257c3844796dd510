import { expect, test } from 'vitest'
import { z } from 'zod'
import { firstLogLine, firstTaskLines, lastLogLines, lineEnd } from '../../wexflow-sim/job-log.ts'
import { ServerTime } from '../../wexflow-sim/server-time.ts'
import { type LogLine, simWorkflow } from '../../wexflow-sim/workflows.ts'
import { parsed } from './same.ts'
import { readTranscript } from './transcript.ts'

/** The log in a transcript, and when the line of this number was written (milliseconds since 1970). */
function recordedLog(transcript: string): { readonly log: string; readonly at: (line: number) => number } {
  const logs = readTranscript(transcript).flatMap((event) =>
    'response' in event && event.request.includes('entry-logs')
      ? [z.string().parse(parsed(event.response))]
      : [],
  )
  const log = logs.at(-1) ?? ''
  const lines = log.split('\r\n')
  return { log, at: (line) => Date.parse(`${lines.at(line)?.slice(0, 23).replace(' ', 'T') ?? ''}Z`) }
}

test.each<{ transcript: string; name: string; jobId: string; logLines: LogLine[] }>([
  {
    transcript: 'fail-file-missing',
    name: 'LoadMissing',
    jobId: '8c1ee52f-9588-40d5-b3b6-b5c8e17b7205',
    logLines: [
      '[FilesLoader] Loading files...',
      { error: '[FilesLoader] File not found: /nonexistent' },
      '[FilesLoader] Task finished.',
    ],
  },
  {
    transcript: 'fail-exit-code',
    name: 'FailExit',
    jobId: '9edbd01c-82de-47f5-a063-a189b0b1aca9',
    logLines: [
      '[ProcessLauncher] Launching process...',
      '[ProcessLauncher] ',
      { error: '[ProcessLauncher] ' },
      '[ProcessLauncher] ExitCode: 3',
    ],
  },
])('the log of a failed job is written as the server wrote it: $transcript', (recorded) => {
  const { log, at } = recordedLog(recorded.transcript)
  const { name, jobId, logLines } = recorded
  const job = { workflow: simWorkflow({ id: 1, name, logLines }), jobId, number: 1, variables: {} }
  const time = new ServerTime(0)
  const simulated = [
    firstLogLine(job, at(0), time),
    ...firstTaskLines(job, at(0), time),
    ...lastLogLines(job, at(-1), time),
  ].join(lineEnd)
  expect(withoutMilliseconds(simulated)).toBe(withoutMilliseconds(log))
})

/** The simulated tasks write their first line at the beginning and all others at the end. */
function withoutMilliseconds(log: string): string {
  return log.replaceAll(/^(.{19})\.\d{3}/gm, '$1')
}
