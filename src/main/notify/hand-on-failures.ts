import type { HandOnFailure, Target } from '../../shared/hand-on.ts'
import type { Translator } from '../../shared/i18n.ts'
import type { AppModel } from '../state/app-model.ts'
import type { Outbox } from './outbox.ts'
import { nameInToast } from './texts.ts'
import { noActions } from './toaster.ts'

export interface HandOnFailuresOptions {
  readonly outbox: Outbox
  readonly model: AppModel
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  /** Brings the settings to the front. */
  readonly onFailureClick: () => void
}

const idOf = (targetId: string): string => `handOn:${targetId}`

/** Tells that ends can't be handed on to a target, once until they can be again. */
export class HandOnFailures {
  readonly #options: HandOnFailuresOptions
  /** The ids of the targets of which it is told. */
  readonly #told = new Set<string>()

  constructor(options: HandOnFailuresOptions) {
    this.#options = options
  }

  /** Whether it is told of a target that it does not work. */
  isFailing(targetId: string): boolean {
    return this.#told.has(targetId)
  }

  onFailed({ id, name }: Pick<Target, 'id' | 'name'>, workflow: string, failure: HandOnFailure): void {
    const { outbox, model, texts, onFailureClick } = this.#options
    model.addNotice({ kind: 'notHandedOn', detail: name }, id)
    if (this.#told.has(id)) return
    this.#told.add(id)
    const { t } = texts()
    outbox.say({
      id: idOf(id),
      title: t('toast.notHandedOn', { workflow: nameInToast(workflow) }),
      body: [nameInToast(name), t(`handOn.problem.${failure.problem}`, { detail: failure.detail })].join(
        '\n',
      ),
      icon: 'app',
      isSilent: false,
      isStaying: false,
      onClick: onFailureClick,
      ...noActions,
    })
  }

  /** Something was handed on to a target, or it is there no more. */
  onWorks(targetId: string): void {
    if (!this.#told.delete(targetId)) return
    this.#options.model.removeNotice('notHandedOn', targetId)
    this.#options.outbox.withdraw(idOf(targetId))
  }
}
