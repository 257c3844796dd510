/** For how long notifications can be muted at once: an hour, or until tomorrow morning. */
export const muteChoices = ['hour', 'morning'] as const
export type MuteChoice = (typeof muteChoices)[number]
