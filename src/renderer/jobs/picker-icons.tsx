import type { ReactElement } from 'react'

/** A star: full for a favourite. */
export const StarIcon = ({ isFull }: { readonly isFull: boolean }): ReactElement => (
  <svg className="line-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path
      className={isFull ? 'line-icon-full' : undefined}
      d="M8 1.8l1.9 4 4.3.6-3.1 3.1.7 4.4L8 11.8 4.2 13.9l.7-4.4L1.8 6.4l4.3-.6Z"
    />
  </svg>
)

export const SearchIcon = (): ReactElement => (
  <svg className="line-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9ZM10.3 10.3 14 14" />
  </svg>
)

/** Two sliders. */
export const VariablesIcon = (): ReactElement => (
  <svg className="line-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M2 5h6M12 5h2M2 11h2M8 11h6M8 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0ZM4 11a2 2 0 1 0 4 0a2 2 0 1 0-4 0Z" />
  </svg>
)

/** A page that an arrow leads out of. */
export const OutsideIcon = (): ReactElement => (
  <svg className="line-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M7 3H3v10h10V9M9.500 2.500h4v4M13.500 2.500 7.500 8.500" />
  </svg>
)

export const PlayIcon = (): ReactElement => (
  <svg className="line-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path className="line-icon-full" d="M4.5 2.8 13 8l-8.5 5.2Z" />
  </svg>
)
