import { type ReactElement, type ReactNode, useId } from 'react'

interface SectionProps {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}

/** A part of the settings with its heading. */
export function Section({ title, hint, children }: SectionProps): ReactElement {
  const id = useId()
  return (
    <section className="settings-section" aria-labelledby={id}>
      <div className="settings-section-title">
        <h2 id={id}>{title}</h2>
        {hint !== undefined && <p className="muted small">{hint}</p>}
      </div>
      <div className="settings-section-content">{children}</div>
    </section>
  )
}
