import type { TFunction } from 'i18next'
import type { Evidence } from '../../../shared/outcome.ts'
import { isStatus, statusKeys } from '../job-status.ts'

/** The kinds whose sentence holds their detail already. */
const tellingKinds = ['frame', 'entry', 'jobRead', 'historyFound', 'corrected'] as const
type TellingKind = (typeof tellingKinds)[number]

const telling: ReadonlySet<string> = new Set(tellingKinds)
const isTelling = (kind: Evidence['kind']): kind is TellingKind => telling.has(kind)

/** An observation in words, and the technical detail that its sentence leaves out (empty for none). */
export function evidenceText(
  { kind, detail = '' }: Evidence,
  t: TFunction,
): { readonly sentence: string; readonly detail: string } {
  if (!isTelling(kind)) return { sentence: t(`evidence.${kind}`), detail }
  // A correction names the outcome that was told before by this app's own name for it.
  const shown = kind === 'corrected' && isStatus(detail) ? t(statusKeys[detail]) : detail
  return { sentence: t(`evidence.${kind}`, { detail: shown }), detail: '' }
}
