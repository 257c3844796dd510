import { z } from 'zod'

/** What the bench, its server and its client, each a process of its own, tell each other. */

/** The ways to follow jobs that are compared. */
export const clientKinds = ['app', 'naive', 'polling'] as const
export type ClientKind = (typeof clientKinds)[number]

export const serverSetupSchema = z.object({
  workflows: z.number(),
  /** Whether things go wrong as they do with real servers and networks. */
  hasFaults: z.boolean(),
  seed: z.number(),
  /** All ends lie between these moments, in milliseconds after the first start. */
  firstEndMs: z.number(),
  lastEndMs: z.number(),
  /** How many jobs the ends are spread over. */
  jobs: z.number(),
})
export type ServerSetup = z.infer<typeof serverSetupSchema>

/** How each job really ended (null while it runs), and whether a record tells or told it. */
const truthsSchema = z.record(
  z.string(),
  z.object({ outcome: z.string().nullable(), isRecorded: z.boolean() }),
)

export const serverReportSchema = z.object({
  /** Requests so far by their path. */
  requests: z.record(z.string(), z.number()),
  truths: truthsSchema,
})
export type ServerReport = z.infer<typeof serverReportSchema>

export const clientSetupSchema = z.object({
  kind: z.enum(clientKinds),
  baseUrl: z.string(),
  token: z.string(),
  workflows: z.number(),
  jobs: z.number(),
  /** How long the client is left alone while all jobs run, in milliseconds. */
  quietMs: z.number(),
})

/** What a client takes while all jobs run. */
export const runningSchema = z.object({
  phase: z.literal('running'),
  startedInMs: z.number(),
  /** Live objects of a job, in bytes, after a garbage collection. */
  heapPerJob: z.number(),
  /** Resident memory of a job, in bytes. */
  residentPerJob: z.number(),
  sockets: z.number(),
  /** Milliseconds of REST calls made one after another. */
  restMs: z.array(z.number()),
})
export type Running = z.infer<typeof runningSchema>

/** What a client took while nothing happened but that its jobs ran. */
export const quietSchema = z.object({
  phase: z.literal('quiet'),
  /** Milliseconds of CPU time. */
  cpuMs: z.number(),
})
export type Quiet = z.infer<typeof quietSchema>

export const endedSchema = z.object({
  phase: z.literal('ended'),
  /** Notifications, and the ends that they told. */
  toasts: z.number(),
  endsTold: z.number(),
  mostSockets: z.number(),
  restMs: z.array(z.number()),
  /** What was told last of each job, by its id. */
  told: z.record(z.string(), z.string()),
  /** Ends that were first told otherwise. */
  corrections: z.number(),
})
export type Ended = z.infer<typeof endedSchema>

/** The app's client with so many job streams open. */
const streamsRunSchema = z.object({
  streams: z.number(),
  /** Milliseconds of REST calls made one after another. */
  restMs: z.array(z.number()),
  /** Live objects of a stream, in bytes. */
  heapPerStream: z.number(),
})
export type StreamsRun = z.infer<typeof streamsRunSchema>
export const streamsRunsSchema = z.array(streamsRunSchema)
