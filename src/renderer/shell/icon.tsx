import type { ReactElement } from 'react'

/** Shapes on a grid of 16, drawn as lines in the text's colour. */
const shapes = {
  info: 'M8 7.2v4M8 4.7v.1M14.2 8A6.2 6.2 0 1 1 1.8 8a6.2 6.2 0 0 1 12.4 0Z',
  warning:
    'M8 6.2v3.2M8 11.6v.1M7.1 2.6 1.6 12a1 1 0 0 0 .9 1.5h11a1 1 0 0 0 .9-1.5L8.9 2.6a1 1 0 0 0-1.8 0Z',
  offline:
    'M2 2l12 12M4.6 7.4a5 5 0 0 1 1.9-1.1M9.4 6.2a5 5 0 0 1 2 1.2M2.4 5a8 8 0 0 1 2-1.3M7 2.8a8 8 0 0 1 6.6 2.2M8 12v.1',
  key: 'M9.2 6.8 2.5 13.500h3v-2h2v-2l1-1M9 5.500a2.800 2.800 0 1 0 5.600 0 2.800 2.800 0 0 0-5.600 0',
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
