import { type ReactElement, useId } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import { watches } from '../../shared/watch.ts'
import { send } from '../bridge.ts'
import { useTexts } from '../hooks.ts'

/** Whose jobs are followed on a server. */
export function WatchField({ server }: { readonly server: ServerView }): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const hintId = `${id}-hint`
  const isWatching = server.watch !== 'mine'
  const choose = (value: string): void => {
    const watch = watches.find((one) => one === value)
    // The state that main sends shows what is chosen from now on.
    if (watch !== undefined) send({ kind: 'setWatch', serverId: server.id, watch })
  }
  return (
    <div className="server-watch">
      <label htmlFor={id}>{t('servers.watch.label')}</label>
      <select
        id={id}
        className="input"
        aria-describedby={isWatching ? hintId : undefined}
        value={server.watch}
        onChange={({ target }) => choose(target.value)}
      >
        {watches.map((watch) => (
          <option key={watch} value={watch}>
            {t(`servers.watch.${watch}`)}
          </option>
        ))}
      </select>
      {isWatching && (
        <p className="muted small" id={hintId}>
          {t('servers.watch.hint')}
        </p>
      )}
    </div>
  )
}
