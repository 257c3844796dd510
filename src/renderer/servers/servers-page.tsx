import { type ReactElement, useRef } from 'react'
import { bridge } from '../bridge.ts'
import { useAppState, useJobs, useTexts } from '../hooks.ts'
import { ServerCard } from './server-card.tsx'
import './servers.css'

/** Every server that the app knows: how it stands with each, and what can be done about it. */
export function ServersPage(): ReactElement {
  const { t } = useTexts()
  const { servers } = useAppState()
  const jobs = useJobs()
  const add = useRef<HTMLButtonElement>(null)
  return (
    <div className="servers-page">
      <div className="servers-heading">
        <h1>{t('servers.title')}</h1>
        <button
          type="button"
          className="button"
          ref={add}
          onClick={() => void bridge.run({ kind: 'showSignIn', serverId: null }).catch(() => {})}
        >
          {t('servers.add')}
        </button>
      </div>
      {servers.length === 0 && <p className="muted">{t('servers.none')}</p>}
      <ul className="server-cards">
        {servers.map((server) => (
          <ServerCard
            key={server.id}
            server={server}
            underWay={
              jobs.filter(({ serverId, state }) => serverId === server.id && state.phase !== 'ended').length
            }
            // The card goes away with its buttons.
            onForgotten={() => add.current?.focus()}
          />
        ))}
      </ul>
    </div>
  )
}
