import { z } from 'zod'

/** What the bench, the servers of a run and the app that follows them, each a process of its own, tell each other. */

export const simsSetupSchema = z.object({ servers: z.number() })

/** Where the servers are. */
export const simsSchema = z.object({ baseUrls: z.array(z.string()) })

/** Requests so far, of all servers. */
export const requestsSchema = z.object({ requests: z.number() })

export const appSetupSchema = z.object({
  baseUrls: z.array(z.string()),
  /** How long it is left alone after it was weighed, in milliseconds. */
  quietMs: z.number(),
})

/** What the app holds once it is connected to all servers and nothing happens. */
export const weighedSchema = z.object({
  phase: z.literal('weighed'),
  /** Live objects and their buffers after a garbage collection, and resident memory; in bytes. */
  heap: z.number(),
  resident: z.number(),
  sockets: z.number(),
})
export type Weighed = z.infer<typeof weighedSchema>

/** What it took while nothing happened. */
export const leftAloneSchema = z.object({
  phase: z.literal('leftAlone'),
  /** Milliseconds of CPU time. */
  cpuMs: z.number(),
})
