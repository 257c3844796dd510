import { lazy, type ReactElement, Suspense, useId, useState } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import { isUp, needsSignIn } from '../../shared/followed.ts'
import { muteChoices } from '../../shared/mute.ts'
import { send } from '../bridge.ts'
import { useAppState, useJobs, usePage, useStore, useTexts } from '../hooks.ts'
import { ActionIcon } from '../jobs/actions/action-icon.tsx'
import { KeysDialog } from '../jobs/keys/keys-dialog.tsx'
import { useKeys } from '../jobs/keys/use-keys.ts'
import { LinkDot } from './link-dot.tsx'
import { Menu, type MenuEntry } from './menu.tsx'

const JobsExport = lazy(async () => ({ default: (await import('../export/jobs-export.tsx')).JobsExport }))

/** More names than these are a crowd: then it is said how many of the servers are connected. */
const mostNamed = 2

/** How the app stands with its servers, and the menu of all that is not about jobs. */
export function AppMenu(): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const { servers, quiet } = useAppState()
  const id = useId()
  const [isKeysOpen, setKeysOpen] = useState(false)
  const [isExporting, setExporting] = useState(false)
  const page = usePage()
  const hasJobs = useJobs().length > 0
  const showHistory = (): void => setView({ page: 'history' })
  useKeys({
    '?': () => setKeysOpen(true),
    h: servers.length === 0 ? undefined : page === 'history' ? () => setView({ page: 'jobs' }) : showHistory,
  })
  const showServers = (): void => setView({ page: servers.length === 0 ? 'connect' : 'servers' })
  const entries: MenuEntry[] = [
    ...servers.map(
      (server): MenuEntry => ({
        id: server.id,
        label: <ServerLine server={server} />,
        onChoose: () => {
          if (needsSignIn(server.link)) send({ kind: 'showSignIn', serverId: server.id })
          else showServers()
        },
      }),
    ),
    {
      id: 'servers',
      label: t(servers.length === 0 ? 'shell.signIn' : 'shell.menu.servers'),
      isApart: servers.length > 0,
      onChoose: showServers,
    },
    ...(servers.length === 0
      ? []
      : [
          { id: 'history', label: t('history.title'), keys: 'H', onChoose: showHistory },
          { id: 'messages', label: <MessagesLine />, onChoose: () => setView({ page: 'messages' }) },
        ]),
    ...(page === 'jobs' && hasJobs
      ? [{ id: 'export', label: t('exporting.open'), onChoose: () => setExporting(true) }]
      : []),
    { id: 'settings', label: t('shell.menu.settings'), onChoose: () => setView({ page: 'settings' }) },
    ...(quiet?.isMuted === true
      ? [
          {
            id: 'unmute',
            label: t('shell.menu.mute.end'),
            isApart: true,
            onChoose: () => send({ kind: 'unmute' }),
          },
        ]
      : muteChoices.map(
          (choice): MenuEntry => ({
            id: choice,
            label: t(`shell.menu.mute.${choice}`),
            isApart: choice === muteChoices[0],
            onChoose: () => send({ kind: 'mute', choice }),
          }),
        )),
    {
      id: 'keys',
      label: t('shell.menu.keys'),
      keys: '?',
      isApart: true,
      onChoose: () => setKeysOpen(true),
    },
  ]
  return (
    <>
      <button type="button" className="bar-button app-menu-button" popoverTarget={id} aria-haspopup="menu">
        <ServersSaid servers={servers} />
        <ActionIcon name="down" />
      </button>
      <Menu id={id} className="app-menu" label={t('shell.menu.title')} entries={entries} />
      {isExporting && (
        <Suspense>
          <JobsExport onClose={() => setExporting(false)} />
        </Suspense>
      )}
      {isKeysOpen && <KeysDialog onClose={() => setKeysOpen(false)} />}
    </>
  )
}

/** The messages in the menu, and how many of them are not read. */
function MessagesLine(): ReactElement {
  const { t, numbers } = useTexts()
  const { servers } = useAppState()
  const unread = servers.reduce((sum, { unreadMessages }) => sum + unreadMessages, 0)
  return (
    <span className="server-line">
      <span className="server-line-name">{t('messages.title')}</span>
      {unread > 0 && (
        <span className="muted small">
          <span aria-hidden="true">{new Intl.NumberFormat(numbers).format(unread)}</span>
          <span className="visually-hidden">{t('messages.count', { count: unread })}</span>
        </span>
      )}
    </span>
  )
}

/** A server in the menu: its name, and how the app stands with it. */
function ServerLine({ server }: { readonly server: ServerView }): ReactElement {
  const { t } = useTexts()
  return (
    <span className="server-line">
      <LinkDot link={server.link} />
      <span className="server-line-name">{server.name}</span>
      <span className="muted small">{t(`link.${server.link}`)}</span>
    </span>
  )
}

/** A dot for each server with a word: how it stands where there is one, which it is where there are few. */
function ServersSaid({ servers }: { readonly servers: readonly ServerView[] }): ReactElement {
  const { t } = useTexts()
  const [first] = servers
  if (first === undefined) return <span className="bar-word">{t('shell.menu.title')}</span>
  if (servers.length === 1)
    return (
      <>
        <LinkDot link={first.link} />
        <span className="bar-word">{t(`link.${first.link}`)}</span>
        <span className="visually-hidden">
          {t('shell.account', { username: first.username, server: first.name })}
        </span>
      </>
    )
  if (servers.length <= mostNamed)
    return (
      <>
        {servers.map(({ id, link, name }) => (
          <span key={id} className="bar-server">
            <LinkDot link={link} />
            <bdi className="bar-word">{name}</bdi>
            <span className="visually-hidden">{t(`link.${link}`)}</span>
          </span>
        ))}
      </>
    )
  const connected = servers.filter(({ link }) => isUp(link)).length
  return (
    <>
      <span className="bar-dots">
        {[...new Set(servers.map(({ link }) => link))].map((link) => (
          <LinkDot key={link} link={link} />
        ))}
      </span>
      <span className="bar-word">{t('shell.connected', { connected, count: servers.length })}</span>
    </>
  )
}
