import { z } from 'zod'
import { watchSchema } from '../../../shared/app-state.ts'
import { cleanText } from '../../../shared/clean-text.ts'
import { connectionSchema } from '../../../shared/connection.ts'
import { settingsSchema } from '../../../shared/settings.ts'
import type { TransferProblem } from '../../../shared/settings-transfer.ts'
import { mostVariables } from '../../../shared/variable-limits.ts'
import { plainVariableSchema } from '../../../shared/variables.ts'
import { possibleAddresses } from '../../wexflow/address.ts'
import { beforeTheEnd, upgradeDocument } from '../upgrades.ts'

/**
 * The file in which settings go from one computer to another: readable, and without anything secret. No passwords, no
 * tokens, no values that were secret; no paths of this machine; and no trust in a certificate, which each computer has
 * to give by itself.
 */

/** The layout of the file that this version writes. Raise it together with `upgrades`. */
const currentVersion = 2
const upgrades = new Map([[1, beforeTheEnd]])
const app = 'Wexflow Tray'
/** Characters of the place in a file that is told: its keys are foreign. */
const longestPlace = 100

const serverSchema = z.object({
  /** As the app writes addresses: scheme, host, port and path, nothing else. */
  address: z
    .string()
    .max(2000)
    .refine((text) => possibleAddresses(text).includes(text)),
  username: z.string().min(1).max(500),
  name: z.string().max(500).default(''),
  staySignedIn: z.boolean(),
  watch: watchSchema.default('mine'),
  connection: connectionSchema
    .pick({ proxy: true, proxyAddress: true, proxyUsername: true, frontUsername: true })
    .optional(),
  favourites: z.array(z.number().int()).max(10_000).default([]),
  /** By the workflow's id. */
  variables: z
    .record(z.string().regex(/^-?\d{1,10}$/u), z.array(plainVariableSchema).max(mostVariables))
    .default({}),
})
export type TransferServer = z.infer<typeof serverSchema>

const headSchema = z.object({ app: z.literal(app), version: z.number().int().positive() })
const transferSchema = z.object({
  settings: settingsSchema,
  servers: z.array(serverSchema).max(1000),
})
export type Transfer = z.infer<typeof transferSchema>

export const transferText = (transfer: Transfer): string =>
  `${JSON.stringify({ app, version: currentVersion, ...transfer }, null, 2)}\n`

/** Reads the text of such a file. */
export function parseTransfer(
  text: string,
): { readonly ok: true; readonly transfer: Transfer } | ({ readonly ok: false } & TransferProblem) {
  const value = jsonOf(text)
  const head = headSchema.safeParse(value)
  if (!head.success) return problem('notOurs', '')
  if (head.data.version > currentVersion) return problem('newer', String(head.data.version))
  const parsed = transferSchema.safeParse(upgradeDocument(value, upgrades))
  if (parsed.success) return { ok: true, transfer: parsed.data }
  return problem('damaged', cleanText(parsed.error.issues[0]?.path.join('.') ?? '', longestPlace))
}

const problem = (kind: TransferProblem['problem'], detail: string) =>
  ({ ok: false, kind: 'problem', problem: kind, detail }) as const

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
