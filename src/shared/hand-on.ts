import { z } from 'zod'
import { urlKinds } from './choices.ts'

/** Where the ends of jobs are handed on to. The address of a URL is a secret, and kept elsewhere. */
export const targetSchema = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  kind: z.enum(urlKinds),
  /** The host and port of its address, which are no secret. Main writes it. */
  host: z.string().max(300),
  /** Whether all ends that are told are handed on to it. */
  isForAll: z.boolean(),
})
export type Target = z.infer<typeof targetSchema>

/**
 * Why something could not be handed on, as a closed set; each has a sentence in the message catalogue
 * (`handOn.problem.*`). `badAddress`: it is none that this kind of target can have. `noAddress`: it was known for one
 * run only, since there is no keychain. `keychain`: that is locked, or not there yet. `refused`: the status says that
 * this can't work. `busy`: the status says that it may work later.
 */
const handOnProblems = [
  'badAddress',
  'noAddress',
  'keychain',
  'noSuchHost',
  'unreachable',
  'timedOut',
  'certificate',
  'proxy',
  'refused',
  'busy',
] as const

const handOnFailureSchema = z.object({
  problem: z.enum(handOnProblems),
  /** A status or an error code; empty where there is none. Never a part of the address. */
  detail: z.string(),
})
export type HandOnFailure = z.infer<typeof handOnFailureSchema>

/** What came of handing something on. */
export const handOnResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), failure: handOnFailureSchema }),
])
export type HandOnResult = z.infer<typeof handOnResultSchema>
