import { Component, type ReactElement, type ReactNode } from 'react'
import { useTexts } from '../hooks.ts'

interface Props {
  readonly fallback: ReactNode
  readonly children: ReactNode
}

/** Shows something else where drawing fails, instead of an empty window. React has no other way than a class. */
export class BrokenBoundary extends Component<Props, { readonly isBroken: boolean }> {
  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true }
  }

  override state = { isBroken: false }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.fallback : this.props.children
  }
}

/** The window can't be drawn. */
export function Broken(): ReactElement {
  const { t } = useTexts()
  return (
    <main className="broken" role="alert">
      <h1>{t('shell.broken.title')}</h1>
      <p>{t('shell.broken.text')}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {t('shell.broken.reload')}
      </button>
    </main>
  )
}
