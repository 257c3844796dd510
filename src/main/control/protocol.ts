import { z } from 'zod'
import { appStateSchema } from '../../shared/app-state.ts'
import {
  answers,
  type Command,
  type CommandAnswer,
  type CommandKind,
  commandSchema,
} from '../../shared/commands.ts'
import { jobViewSchema } from '../../shared/job-view.ts'

/** The commands that the command line has: the others belong to the window, or would show secrets. */
const controlKinds = [
  'startWorkflow',
  'stopJob',
  'suspendJob',
  'resumeJob',
  'approveJob',
  'rejectJob',
  'jobLog',
  'logPart',
] as const satisfies readonly CommandKind[]
export type ControlKind = (typeof controlKinds)[number]

const isControlCommand = (command: Command): command is Command<ControlKind> =>
  controlKinds.some((kind) => kind === command.kind)

const controlCommandSchema = commandSchema.transform((command, context): Command<ControlKind> => {
  if (isControlCommand(command)) return command
  context.addIssue({ code: 'custom', message: 'no command of the command line' })
  return z.NEVER
})

/** The answer to each of them. */
export const commandAnswers: { readonly [Kind in ControlKind]: z.ZodType<CommandAnswer<Kind>> } = answers

/** A server as the command line needs it. */
const controlServerSchema = appStateSchema.shape.servers.element.pick({
  id: true,
  name: true,
  ownName: true,
  baseUrl: true,
  username: true,
  link: true,
  failure: true,
  workflows: true,
  workflowsKnown: true,
})
export type ControlServer = z.infer<typeof controlServerSchema>

/** A job that is followed. */
const followedJobSchema = z.object({
  /** Null where it is not in the list any more. */
  job: jobViewSchema.nullable(),
  /** How long its workflow usually takes, in milliseconds; null where that is not known. */
  usualMs: z.number().nullable(),
})
export type FollowedJob = z.infer<typeof followedJobSchema>

/** More jobs than these are never listed at once. */
export const mostJobs = 1000

/**
 * How the app and a command line speak: one line of JSON with a question on each connection, then lines of JSON with
 * its answers, until either side closes it. Raised where one side would no longer understand the other.
 */
export const protocol = 2

/** Bytes of a question: a start has at most 100 variables of 10,000 characters. */
export const mostOfQuestion = 8 * 1024 * 1024
/** Bytes of an answer: there may be 50,000 workflows with descriptions. */
export const mostOfAnswer = 128 * 1024 * 1024

/** What the app can be asked. */
const questionSchema = z.discriminatedUnion('kind', [
  /** The servers, now and after each change. */
  z.object({ kind: z.literal('servers') }),
  /** The newest jobs, the newest first. */
  z.object({ kind: z.literal('jobs'), most: z.number().int().min(1).max(mostJobs) }),
  /** The jobs of this id or key, or of one that begins so. */
  z.object({ kind: z.literal('jobsCalled'), called: z.string().min(1).max(100) }),
  /** A job, now and after each change. */
  z.object({ kind: z.literal('follow'), key: z.string().max(100) }),
  /** Carries out a command. */
  z.object({ kind: z.literal('run'), command: controlCommandSchema }),
])
export type Question = z.infer<typeof questionSchema>

export const callSchema = z.object({ protocol: z.literal(protocol), question: questionSchema })

/** Whatever a side of another version says first. */
export const anyCallSchema = z.object({ protocol: z.number().int() })

/** Why there is no answer. */
export const refusals = ['otherVersion', 'notUnderstood', 'failed'] as const

export const answerLineSchema = z.union([
  z.object({ refusal: z.enum(refusals) }),
  z.object({ value: z.unknown() }),
])
export type AnswerLine = z.infer<typeof answerLineSchema>

/** What is answered to each question but `run`, once or again and again. */
export const values = {
  servers: z.array(controlServerSchema),
  jobs: z.array(jobViewSchema),
  jobsCalled: z.array(jobViewSchema),
  follow: followedJobSchema,
} as const satisfies Record<Exclude<Question['kind'], 'run'>, z.ZodType>
