import { type ReactElement, useId, useRef, useState } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import { send } from '../bridge.ts'
import { useTexts } from '../hooks.ts'

/** A button that turns into a field for the server's name, and back into the button. */
export function NameForm({ server }: { readonly server: ServerView }): ReactElement {
  const { t } = useTexts()
  const hintId = useId()
  const button = useRef<HTMLButtonElement>(null)
  // Null: the name is not being changed.
  const [typed, setTyped] = useState<string | null>(null)
  const { id, name, ownName } = server

  const close = (): void => {
    setTyped(null)
    // The button that comes back had the focus before.
    requestAnimationFrame(() => button.current?.focus())
  }
  const save = (): void => {
    // The state that main sends shows what it is called from now on.
    if (typed !== null) send({ kind: 'renameServer', serverId: id, name: typed })
    close()
  }

  if (typed === null)
    return (
      <button
        ref={button}
        type="button"
        className="button"
        aria-label={t('servers.renameServer', { server: name })}
        onClick={() => setTyped(ownName)}
      >
        {t('servers.rename')}
      </button>
    )
  return (
    <form
      className="server-name"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <input
        className="input"
        aria-label={t('servers.name', { server: name })}
        aria-describedby={hintId}
        placeholder={name}
        maxLength={60}
        autoComplete="off"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for it
        autoFocus
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && close()}
      />
      <button type="submit" className="button button-primary">
        {t('button.save')}
      </button>
      <button type="button" className="button" onClick={close}>
        {t('button.cancel')}
      </button>
      <p className="muted small" id={hintId}>
        {t('servers.nameHint')}
      </p>
    </form>
  )
}
