import { type ReactElement, useLayoutEffect, useRef } from 'react'
import { useSettings, useTexts } from '../../hooks.ts'
import { useModal } from '../../shell/use-modal.ts'
import { isSingleKey, shortcuts } from './shortcuts.ts'
import './keys.css'

/** All keys, and what they do. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTexts()
  const { singleKeys } = useSettings()
  const dialog = useModal()
  const close = useRef<HTMLButtonElement>(null)
  // The list comes first and may have the focus as well, to be scrolled; the ring around it would say nothing. Where the
  // dialog scrolls as a whole it begins at its first line.
  useLayoutEffect(() => close.current?.focus({ preventScroll: true }), [])
  return (
    <dialog ref={dialog} className="ask keys-dialog" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{t('keys.title')}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, which keys can only do from inside */}
      <dl className="keys-list" tabIndex={0}>
        {shortcuts.map(({ keys, text }) => {
          const working = keys.filter((key) => singleKeys || !isSingleKey(key))
          return working.length === 0 ? null : (
            <div key={text}>
              <dt>
                {working.map((key) => (
                  <kbd key={key} className="key">
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd>{t(text)}</dd>
            </div>
          )
        })}
      </dl>
      <p className="muted small">{t(singleKeys ? 'keys.hint' : 'keys.off')}</p>
      <form method="dialog" className="ask-actions">
        <button type="submit" className="button" ref={close}>
          {t('button.close')}
        </button>
      </form>
    </dialog>
  )
}
