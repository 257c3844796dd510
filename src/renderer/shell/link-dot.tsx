import type { ReactElement } from 'react'
import type { LinkState } from '../../shared/app-state.ts'

/** The colour of the dot that goes with the link's words. */
const tones: Readonly<Record<LinkState, 'good' | 'busy' | 'warning' | 'bad' | 'quiet'>> = {
  signedOut: 'quiet',
  connecting: 'busy',
  online: 'good',
  slow: 'good',
  offline: 'warning',
  signInNeeded: 'bad',
}

/** How the app stands with a server, beside the words that say it: nothing for a screen reader. */
export const LinkDot = ({ link }: { readonly link: LinkState }): ReactElement => (
  <span className={`dot tone-${tones[link]}`} aria-hidden="true" />
)
