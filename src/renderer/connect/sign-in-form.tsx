import { type ReactElement, type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import type { Certificate } from '../../shared/certificate.ts'
import type { SignInForm as Form } from '../../shared/commands.ts'
import type { Connection, ConnectionSecrets } from '../../shared/connection.ts'
import { firstFailureText } from '../../shared/failure-text.ts'
import type { Translator } from '../../shared/i18n.ts'
import { noSecrets, usualConnection } from '../../shared/usual-connection.ts'
import { bridge } from '../bridge.ts'
import { useStore, useTexts } from '../hooks.ts'
import { CertificateView } from './certificate-view.tsx'
import { ConnectionFields } from './connection-fields.tsx'
import { Field } from './field.tsx'
import { isOfConnection, missingField, type Problem, type ProblemField, problemOf } from './problem.ts'

interface SignInFormProps {
  /** Fills the form in; null for a server that is not known yet. */
  readonly server: ServerView | null
  /** Whether no server is known at all. */
  readonly isFirst: boolean
}

/** The form with everything that can be filled in. */
type WholeForm = Form & { readonly connection: Connection; readonly secrets: ConnectionSecrets }

const connect = async (form: Form): Promise<Problem | null> => {
  try {
    return problemOf(await bridge.run({ kind: 'signIn', form }))
  } catch {
    // Main logs what went wrong; the rejection itself says nothing that a person could use.
    return { kind: 'broken', field: 'form' }
  }
}

const titleOf = (server: ServerView | null, isFirst: boolean, t: Translator['t']): string => {
  if (server !== null) return t('connect.signInTo', { server: server.name })
  return t(isFirst ? 'connect.title' : 'connect.add')
}

const firstForm = (server: ServerView | null): WholeForm => ({
  address: server?.baseUrl ?? '',
  username: server?.username ?? '',
  password: '',
  staySignedIn: server?.staySignedIn ?? true,
  ...(server !== null && { serverId: server.id }),
  connection: server?.connection ?? usualConnection,
  secrets: noSecrets,
})

/** Why a server that is known is signed in to again. */
const introOf = (server: ServerView | null, t: Translator['t']): string => {
  if (server?.link !== 'signInNeeded') return t('connect.intro')
  const { failure } = server
  if (failure?.kind === 'badCredentials') return t('connect.refused')
  const isKeychains = failure?.kind === 'keychainLocked' || failure?.kind === 'keychainAway'
  return isKeychains ? firstFailureText(t, failure) : t('connect.again')
}

/** Asks for a server and a user. Each problem is shown at the field it concerns, and the focus goes there. */
export function SignInForm({ server, isFirst }: SignInFormProps): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const [form, setForm] = useState(() => firstForm(server))
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isSubmitting, setSubmitting] = useState(false)
  const [isWayOpen, setWayOpen] = useState(server?.connection !== undefined)
  const [looked, setLooked] = useState<Certificate | null>(null)
  const element = useRef<HTMLFormElement>(null)
  const hintId = useId()

  useEffect(() => {
    // Whoever opens the form wants to fill it in.
    const inputs = [...(element.current?.querySelectorAll<HTMLInputElement>('input.input') ?? [])]
    inputs.find(({ value }) => value === '')?.focus()
  }, [])
  useEffect(() => {
    if (problem === null || problem.field === 'form' || looked !== null) return
    const field = element.current?.elements.namedItem(problem.field)
    if (!(field instanceof HTMLElement)) return
    field.focus()
    if (field instanceof HTMLInputElement) field.select()
  }, [problem, looked])

  const submit = async (whole: WholeForm): Promise<void> => {
    setSubmitting(true)
    const found = await connect(whole)
    if (found !== null && isOfConnection(found.field)) setWayOpen(true)
    setProblem(found)
    setSubmitting(false)
  }
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (isSubmitting) return
    const missing = missingField(form)
    setProblem(missing)
    if (missing === null) void submit(form)
  }

  const change = (values: Partial<WholeForm>): void => {
    setForm({ ...form, ...values })
    setProblem(null)
  }
  const changeAndSubmit = (values: Partial<WholeForm>): void => {
    change(values)
    void submit({ ...form, ...values })
  }
  const errorAt = (field: ProblemField): string | null => {
    if (problem?.field !== field) return null
    if (problem.kind === 'missing') return t(`connect.missing.${problem.field}`)
    return problem.kind === 'broken' ? t('connect.broken') : firstFailureText(t, problem.failure)
  }
  const formError = errorAt('form')

  if (looked !== null && problem?.kind === 'failure')
    return (
      <CertificateView
        certificate={looked}
        host={new URL(problem.failure.address ?? 'https://unknown').host}
        trouble={firstFailureText(t, problem.failure)}
        onTrust={() => {
          setLooked(null)
          changeAndSubmit({ connection: { ...form.connection, trustedFingerprint: looked.fingerprint } })
        }}
        onCancel={() => setLooked(null)}
      />
    )
  return (
    // The app's own sentences instead of the browser's.
    <form ref={element} className="sign-in" onSubmit={onSubmit} noValidate>
      <header className="sign-in-header">
        <h1>{titleOf(server, isFirst, t)}</h1>
        <p className="muted">{introOf(server, t)}</p>
      </header>
      <Field
        name="address"
        label={t('connect.address')}
        hint={t('connect.addressHint')}
        error={errorAt('address')}
        remedy={
          <Remedy
            problem={problem}
            address={form.address}
            onLook={setLooked}
            onAddress={(address) => changeAndSubmit({ address })}
          />
        }
        value={form.address}
        onChange={(address) => change({ address })}
        inputMode="url"
        autoComplete="url"
      />
      <Field
        name="username"
        label={t('connect.username')}
        error={errorAt('username')}
        value={form.username}
        onChange={(username) => change({ username })}
        autoComplete="username"
      />
      <Field
        name="password"
        type="password"
        label={t('connect.password')}
        error={errorAt('password')}
        value={form.password}
        onChange={(password) => change({ password })}
        autoComplete="current-password"
      />
      <div className="check">
        <label>
          <input
            type="checkbox"
            checked={form.staySignedIn}
            aria-describedby={hintId}
            onChange={({ target }) => change({ staySignedIn: target.checked })}
          />
          {t('connect.staySignedIn')}
        </label>
        <p className="muted small" id={hintId}>
          {t('connect.staySignedInHint')}
        </p>
      </div>
      <details open={isWayOpen} onToggle={({ currentTarget }) => setWayOpen(currentTarget.open)}>
        <summary>{t('connect.way.title')}</summary>
        {isWayOpen && (
          <ConnectionFields
            connection={form.connection}
            secrets={form.secrets}
            isKnown={server !== null}
            errorAt={errorAt}
            onConnection={(values) => change({ connection: { ...form.connection, ...values } })}
            onSecrets={(values) => change({ secrets: { ...form.secrets, ...values } })}
          />
        )}
      </details>
      {formError !== null && (
        <p className="field-error" role="alert">
          {formError}
        </p>
      )}
      {/* Not disabled while it is busy: that would take the focus away. Its name stays for the same reason. */}
      <div className="sign-in-actions">
        <button type="submit" className="button button-primary submit" aria-busy={isSubmitting}>
          {isSubmitting && <span className="spinner" aria-hidden="true" />}
          {t('connect.submit')}
        </button>
        {!isFirst && (
          <button type="button" className="button submit" onClick={() => setView({ page: 'servers' })}>
            {t('button.cancel')}
          </button>
        )}
      </div>
      <output className="visually-hidden">{isSubmitting && t('connect.submitting')}</output>
    </form>
  )
}

interface RemedyProps {
  readonly problem: Problem | null
  readonly address: string
  readonly onLook: (certificate: Certificate) => void
  readonly onAddress: (address: string) => void
}

/** What one click can do about a problem of the address. */
function Remedy({ problem, address, onLook, onAddress }: RemedyProps): ReactElement | null {
  const { t } = useTexts()
  if (problem?.kind !== 'failure') return null
  const { kind, certificate } = problem.failure
  if (certificate !== undefined)
    return (
      <button type="button" className="button" onClick={() => onLook(certificate)}>
        {t('connect.lookAtCertificate')}
      </button>
    )
  const clear = address.trim().replace(/^https:/iu, 'http:')
  if (kind !== 'notHttps' || clear === address.trim()) return null
  return (
    <button type="button" className="button" onClick={() => onAddress(clear)}>
      {t('connect.withoutEncryption', { address: clear })}
    </button>
  )
}
