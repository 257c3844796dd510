/** Light or dark, or whatever the system is. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** How much room a row of the list takes. */
export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]

/** What closing the window does: the app stays in the tray, or ends. */
export const closings = ['stay', 'quit'] as const
