import { type ReactElement, useId } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import { failureText } from '../../shared/failure-text.ts'
import { isSignedIn } from '../../shared/followed.ts'
import type { Message } from '../../shared/message.ts'
import { useActions, useAppState, useTexts } from '../hooks.ts'
import { serverTimeText } from '../history/server-time.ts'
import { OutsideIcon } from '../jobs/picker-icons.tsx'
import { SaidLine } from '../jobs/said.tsx'
import { useMessages } from './use-messages.ts'
import './messages.css'

/** What Wexflow has to say to the user of each server. */
export function MessagesPage(): ReactElement {
  const { t } = useTexts()
  const app = useAppState()
  const servers = app.servers.filter(({ id }) => isSignedIn(app, id))
  return (
    <div className="messages-page">
      <h1>{t('messages.title')}</h1>
      <p className="muted">{t(servers.length === 0 ? 'messages.signedOut' : 'messages.hint')}</p>
      {servers.map((server) => (
        <ServerMessages key={server.id} server={server} isNamed={servers.length > 1} />
      ))}
      <SaidLine />
    </div>
  )
}

/** The button is about to go: the focus stays where it was, in what it belongs to. */
const keepFocus = (button: HTMLElement, owner: 'li' | 'section'): void =>
  button.closest<HTMLElement>(owner)?.focus()

interface ServerMessagesProps {
  readonly server: ServerView
  /** Whether there are others beside it. */
  readonly isNamed: boolean
}

function ServerMessages({ server, isNamed }: ServerMessagesProps): ReactElement {
  const { t } = useTexts()
  const actions = useActions()
  const titleId = useId()
  const { known, unread, read, markRead } = useMessages(server.id, server.unreadMessages)
  const { messages, leftOut, failure, hasMarkFailed } = known
  return (
    <section className="messages" aria-labelledby={titleId} tabIndex={-1}>
      <div className="messages-heading">
        <h2 id={titleId} className={isNamed ? '' : 'visually-hidden'}>
          {server.name}
        </h2>
        {unread.length > 1 && (
          <button
            type="button"
            className="button"
            onClick={({ currentTarget }) => {
              keepFocus(currentTarget, 'section')
              markRead(unread.map(({ id }) => id))
            }}
          >
            {t('messages.markAllRead')}
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => actions.openWebManager(server.id, 'notifications')}
        >
          <OutsideIcon />
          {t('job.action.openWebManager')}
        </button>
      </div>
      <div role="alert">
        {failure !== null && (
          <p className="callout tone-bad">
            {failure === 'appFailed' ? t('messages.failed') : failureText(t, failure)}{' '}
            <button type="button" className="button" onClick={read}>
              {t('button.again')}
            </button>
          </p>
        )}
        {hasMarkFailed && <p className="callout tone-bad">{t('messages.markFailed')}</p>}
      </div>
      {messages === null
        ? failure === null && <output className="muted">{t('messages.reading')}</output>
        : messages.length === 0 && <p className="muted">{t('messages.none')}</p>}
      {messages !== null && messages.length > 0 && (
        <ul aria-labelledby={titleId}>
          {messages.map((message) => (
            <Row key={message.id} message={message} onRead={() => markRead([message.id])} />
          ))}
        </ul>
      )}
      {leftOut > 0 && <p className="muted">{t('messages.leftOut', { count: leftOut })}</p>}
    </section>
  )
}

interface RowProps {
  readonly message: Message
  readonly onRead: () => void
}

function Row({ message: { from, text, sentAt, sentText, isRead }, onRead }: RowProps): ReactElement {
  const { t, times } = useTexts()
  return (
    <li className={isRead ? 'message' : 'message message-unread'} tabIndex={-1}>
      <p className="message-head">
        {!isRead && (
          <>
            <span className="message-dot" aria-hidden="true" />
            <span className="visually-hidden">{t('messages.unread')}</span>
          </>
        )}
        <bdi className="message-from">{from === '' ? t('messages.fromWexflow') : from}</bdi>
        <span className="muted small">{serverTimeText(sentAt, sentText, times)}</span>
      </p>
      <p className="message-text" dir="auto">
        {text}
      </p>
      {!isRead && (
        <button
          type="button"
          className="button"
          aria-label={t('messages.markOne', { text })}
          onClick={({ currentTarget }) => {
            keepFocus(currentTarget, 'li')
            onRead()
          }}
        >
          {t('messages.markRead')}
        </button>
      )}
    </li>
  )
}
