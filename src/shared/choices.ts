/** Light or dark, or whatever the system is. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** How much room a row of the list takes. */
export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]

/** What a click on the icon opens; `auto`: the small window where the system lets it be by the icon, else the window. */
export const iconClicks = ['auto', 'compact', 'full'] as const
export type IconClick = (typeof iconClicks)[number]

/** Whose jobs a rule for notifications is about, by who began them. */
export const starters = ['anyone', 'me', 'others'] as const
/** How many such rules there can be. */
export const mostRules = 100

/** What closing the window does: the app stays in the tray, or ends. */
export const closings = ['stay', 'quit'] as const

/** Services whose webhooks a URL can be called as; `json`: anything that reads JSON. */
export const urlKinds = ['json', 'ntfy', 'slack', 'teams'] as const
export type UrlKind = (typeof urlKinds)[number]
/** What ends can be handed on to. */
export const targetKinds = [...urlKinds, 'program'] as const
/** How many targets of ends there can be. */
export const mostTargets = 20
