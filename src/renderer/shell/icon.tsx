import type { ReactElement } from 'react'

/** Shapes on a grid of 16, drawn as lines in the text's colour. */
const shapes = {
  info: 'M8 7.2v4M8 4.7v.1M14.2 8A6.2 6.2 0 1 1 1.8 8a6.2 6.2 0 0 1 12.4 0Z',
  warning:
    'M8 6.2v3.2M8 11.6v.1M7.1 2.6 1.6 12a1 1 0 0 0 .9 1.5h11a1 1 0 0 0 .9-1.5L8.9 2.6a1 1 0 0 0-1.8 0Z',
  offline: 'M14.2 8A6.2 6.2 0 1 1 1.8 8a6.2 6.2 0 0 1 12.4 0ZM3.6 3.6l8.8 8.8',
  muted:
    'M4.3 4.6A4 4 0 0 0 4 6.2v2.6L2.6 11h8.6M12 9.4V6.2a4 4 0 0 0-6.6-3M6.6 13.2a1.6 1.6 0 0 0 2.8 0M2.2 1.8l11.6 12.4',
  signIn: 'M7 2.5h4.5a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5H7M2.5 8H9M6.5 5.5 9 8l-2.5 2.5',
} as const
export type IconName = keyof typeof shapes

/** A picture beside a text that says the same: nothing for a screen reader. */
export const Icon = ({ name }: { readonly name: IconName }): ReactElement => (
  <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path
      d={shapes[name]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)
