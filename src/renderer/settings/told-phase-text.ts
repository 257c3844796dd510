import type { TFunction } from 'i18next'
import type { ToldPhase } from '../../shared/told-phase.ts'
import type { Status } from '../jobs/job-status.ts'

/** What is told of a job before its end, in words. */
export const toldPhaseText = (phase: ToldPhase, t: TFunction): string =>
  phase === 'stillRunning' ? t('toast.stillRunning') : t(`phase.${phase}`)

/** The picture of a job of which that is told. */
export const toldPhaseIcon = (phase: ToldPhase): Status => (phase === 'stillRunning' ? 'running' : phase)
