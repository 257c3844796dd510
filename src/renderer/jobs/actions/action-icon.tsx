import type { ReactElement } from 'react'

/** Shapes on a grid of 16, drawn as lines in the text's colour. */
const shapes = {
  runAgain: 'M13 8a5 5 0 1 1-1.600-3.700M13 2.500v3h-3',
  stop: 'M4.500 4.500h7v7h-7Z',
  suspend: 'M5.500 4v8M10.500 4v8',
  resume: 'M5.500 3.500v9L12.500 8Z',
  approve: 'M3.500 8.500l3 3 6-7',
  reject: 'M4.500 4.500l7 7M11.500 4.500l-7 7',
  more: 'M3.500 8v.1M8 8v.1M12.500 8v.1',
  back: 'M10 3.500 5.500 8l4.500 4.500',
  close: 'M4.500 4.500l7 7M11.500 4.500l-7 7',
  pin: 'M6 2.500h4M6.500 2.500v4L4.500 9h7l-2-2.500v-4M8 9v4.500',
  expand: 'M9.500 3h3.500v3.500M13 3 8.500 7.500M6.500 13H3V9.500M3 13l4.500-4.500',
  down: 'M4 6.500 8 10.500l4-4',
  up: 'M4 9.500l4-4 4 4',
} as const
export type ActionIconName = keyof typeof shapes

/** A picture of what a button does, beside or in the place of its word: nothing for a screen reader. */
export const ActionIcon = ({ name }: { readonly name: ActionIconName }): ReactElement => (
  <svg className={`line-icon action-icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
    <path d={shapes[name]} />
  </svg>
)
