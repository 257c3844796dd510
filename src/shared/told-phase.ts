/** What is told of a job before its end: phases, and that it runs for far longer than usual, as if that were one. */
export const toldPhases = ['waiting', 'suspended', 'notBegun', 'stillRunning'] as const
export type ToldPhase = (typeof toldPhases)[number]
