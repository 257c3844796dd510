import { z } from 'zod'
import { cleanText } from '../../shared/clean-text.ts'

/** What a workflow's definition says of its variables. */
export interface WorkflowDefinition {
  /** The names that stand somewhere in it as `$name`, in the order in which they do. */
  readonly names: readonly string[]
  /** Its local variables, by name: their values win over those of a start. */
  readonly localVariables: ReadonlyMap<string, string>
  /** Whether its jobs run beside each other; else a start waits behind a running one. */
  readonly isParallel: boolean
}

const longestValue = 2000

const localVariableSchema = z.object({ Key: z.string(), Value: z.string() })

const reference = /\$([A-Za-z_]\w*)/gu

/** The definition as `json/ID` answers it: names may stand in any of its texts. */
export const definitionSchema = z
  .looseObject({
    WorkflowInfo: z.looseObject({
      LocalVariables: z.array(localVariableSchema).default([]),
      EnableParallelJobs: z.boolean().default(true),
    }),
  })
  .transform((wire): WorkflowDefinition => {
    const names = textsIn(wire).flatMap((text) => [...text.matchAll(reference)].map(([, name = '']) => name))
    const local = wire.WorkflowInfo.LocalVariables.map(({ Key, Value }): [string, string] => [
      Key,
      cleanText(Value, longestValue),
    ])
    const { EnableParallelJobs: isParallel } = wire.WorkflowInfo
    return { names: [...new Set(names)], localVariables: new Map(local), isParallel }
  })

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
