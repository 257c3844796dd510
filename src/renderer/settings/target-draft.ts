import type { targetKinds } from '../../shared/choices.ts'
import type { Target } from '../../shared/hand-on.ts'

/** A target as its form has it: what was typed of a URL is still there when somebody has looked at programs. */
export interface TargetDraft {
  readonly id: string
  readonly name: string
  readonly isForAll: boolean
  readonly kind: (typeof targetKinds)[number]
  /** A path. */
  readonly program: string
  /** One argument a line. */
  readonly args: string
}

/** What the form for a new target is filled in with. */
export const newDraft = (id: string): TargetDraft => ({
  id,
  name: '',
  isForAll: true,
  kind: 'json',
  program: '',
  args: '',
})

export const draftOf = (target: Target): TargetDraft => ({
  ...newDraft(target.id),
  name: target.name,
  isForAll: target.isForAll,
  kind: target.kind,
  ...(target.kind === 'program' && { program: target.program, args: target.args.join('\n') }),
})

/**
 * The target that was typed.
 * @param nameless what it is called where it was given no name
 */
export function targetOf({ id, name, isForAll, kind, program, args }: TargetDraft, nameless: string): Target {
  const fields = { id, name: name.trim() === '' ? nameless : name.trim(), isForAll }
  return kind === 'program'
    ? { ...fields, kind, program: program.trim(), args: argsOf(args) }
    : { ...fields, kind, host: '' }
}

/** Nothing typed is no argument; an empty line between others is an empty one. */
const argsOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/u, '').split('\n'))
