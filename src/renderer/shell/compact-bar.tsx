import { type ReactElement, useEffect } from 'react'
import { bridge, send } from '../bridge.ts'
import { useLook, usePage, useSettings, useStore, useTexts } from '../hooks.ts'
import { ActionIcon, type ActionIconName } from '../jobs/actions/action-icon.tsx'
import { useKeys } from '../jobs/keys/use-keys.ts'
import './compact-bar.css'

const close = (): void => send({ kind: 'closeWindow' })

/** The upper edge of the small window, which has no frame: what keeps it, makes it the window, or closes it. */
export function CompactBar(): ReactElement {
  const { t } = useTexts()
  const { saveSettings, saveViewNow } = useStore()
  const settings = useSettings()
  const { isCompactPinned: isPinned } = settings
  const page = usePage()
  const { pane } = useLook()
  // From everywhere else Escape leads back to the list first.
  useKeys({ Escape: page === 'jobs' && pane === 'list' ? close : undefined })
  useClosingOnBlur(isPinned)
  const expand = (): void => {
    saveViewNow()
    send({ kind: 'expandWindow' })
  }
  return (
    <nav className="compact-bar" aria-label={t('compact.title')}>
      <span className="compact-name">{t('app.name')}</span>
      <BarButton
        icon="pin"
        label={t('compact.pin')}
        isPressed={isPinned}
        onClick={() => void saveSettings({ ...settings, isCompactPinned: !isPinned }).catch(() => {})}
      />
      <BarButton icon="expand" label={t('compact.expand')} onClick={expand} />
      <BarButton icon="close" label={t('button.close')} onClick={close} />
    </nav>
  )
}

interface BarButtonProps {
  readonly icon: ActionIconName
  readonly label: string
  readonly isPressed?: boolean
  readonly onClick: () => void
}

const BarButton = ({ icon, label, isPressed, onClick }: BarButtonProps): ReactElement => (
  <button
    type="button"
    className="tool"
    aria-label={label}
    title={label}
    aria-pressed={isPressed}
    onClick={onClick}
  >
    <ActionIcon name={icon} />
  </button>
)

/** Closes the window when the person turns to something else, unless that would cost what they have typed. */
function useClosingOnBlur(isPinned: boolean): void {
  const page = usePage()
  const isClosing = !isPinned && page !== 'connect'
  useEffect(() => {
    if (!isClosing) return undefined
    return bridge.on('focusLost', () => {
      if (document.querySelector('dialog:modal') === null) close()
    })
  }, [isClosing])
}
