import { cleanText } from '../../shared/clean-text.ts'
import type { ProgramTarget } from '../../shared/hand-on.ts'
import type { Translator } from '../../shared/i18n.ts'
import type { Question } from '../commands.ts'

/** Characters of a path or an argument that are shown, */
const longestShown = 300
/** and so many arguments: the buttons below them have to stay on the screen. */
const mostShown = 20

/** A text whose end is not shown says so. */
const shown = (text: string): string => {
  const clean = cleanText(text, longestShown)
  return text.length > longestShown ? `${clean}…` : clean
}

/** Asks whether a program may be run when jobs end, and says with what. */
export function programQuestion({ program, args }: ProgramTarget, { t }: Translator): Question {
  const lines = args.slice(0, mostShown).map(shown)
  if (args.length > mostShown) lines.push('…')
  const about = lines.length === 0 ? [t('handOn.confirm.noArgs')] : [t('handOn.confirm.args'), ...lines]
  return {
    title: t('handOn.confirm.title'),
    text: [shown(program), '', ...about, '', t('handOn.confirm.care')].join('\n'),
    yes: t('handOn.confirm.allow'),
    no: t('button.cancel'),
  }
}
