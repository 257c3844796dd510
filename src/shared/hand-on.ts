import { z } from 'zod'
import { urlKinds } from './choices.ts'

/** A target's id. */
export const targetIdSchema = z.string().min(1).max(100)

const targetFields = {
  id: targetIdSchema,
  name: z.string().min(1).max(100),
  /** Whether all ends that are told are handed on to it. */
  isForAll: z.boolean(),
}

const programTargetSchema = z.object({
  ...targetFields,
  kind: z.literal('program'),
  /** Its absolute path. */
  program: z.string().max(4000),
  args: z.array(z.string().max(4000)).max(100),
})
export type ProgramTarget = z.infer<typeof programTargetSchema>

/** Where the ends of jobs are handed on to. The address of a URL is a secret, and kept elsewhere. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({
    ...targetFields,
    kind: z.enum(urlKinds),
    /** The host and port of its address, which are no secret. Main writes it. */
    host: z.string().max(300),
  }),
  programTargetSchema,
])
export type Target = z.infer<typeof targetSchema>

/**
 * Why something could not be handed on, as a closed set; each has a sentence in the message catalogue
 * (`handOn.problem.*`). `badAddress`: it is none that this kind of target can have. `noAddress`: it was known for one
 * run only, since there is no keychain. `keychain`: that is locked, or not there yet. `refused`: the status says that
 * this can't work. `busy`: the status says that it may work later. `badProgram` and what follows are of programs:
 * `notConfirmed`: the person did not say yes to it. `notRun`: the system says why. `exitCode`: it ended with another one than 0. `tooLong`: it was killed.
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
  'badProgram',
  'notConfirmed',
  'noProgram',
  'notPermitted',
  'notRun',
  'exitCode',
  'tooLong',
] as const

const handOnFailureSchema = z.object({
  problem: z.enum(handOnProblems),
  /** A status, an error code, or the last words of a program; empty where there is none. Never a part of the address. */
  detail: z.string(),
})
export type HandOnFailure = z.infer<typeof handOnFailureSchema>

/** What came of handing something on. */
export const handOnResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), failure: handOnFailureSchema }),
])
export type HandOnResult = z.infer<typeof handOnResultSchema>
