import { type ReactElement, useId } from 'react'
import type { Connection, ConnectionSecrets } from '../../shared/connection.ts'
import { useTexts } from '../hooks.ts'
import { Field } from './field.tsx'
import { FileField } from './file-field.tsx'
import type { ProblemField } from './problem.ts'

interface ConnectionFieldsProps {
  readonly connection: Connection
  readonly secrets: ConnectionSecrets
  /** Whether an empty password may be one that is kept. */
  readonly isKnown: boolean
  readonly errorAt: (field: ProblemField) => string | null
  readonly onConnection: (change: Partial<Connection>) => void
  readonly onSecrets: (change: Partial<ConnectionSecrets>) => void
}

const proxies = ['system', 'none', 'own'] as const satisfies readonly Connection['proxy'][]

/** How a server is reached where the three lines of the form are not enough. */
export function ConnectionFields({
  connection,
  secrets,
  isKnown,
  errorAt,
  onConnection,
  onSecrets,
}: ConnectionFieldsProps): ReactElement {
  const { t } = useTexts()
  const hint = isKnown ? { hint: t('connect.way.keptHint') } : {}
  return (
    <div className="way">
      <Proxy connection={connection} error={errorAt('proxyAddress')} onConnection={onConnection} />
      {connection.proxy !== 'none' && (
        <>
          <Field
            name="proxyUsername"
            label={t('connect.way.proxyUsername')}
            error={errorAt('proxyUsername')}
            value={connection.proxyUsername}
            onChange={(proxyUsername) => onConnection({ proxyUsername })}
            autoComplete="off"
          />
          {connection.proxyUsername !== '' && (
            <Field
              name="proxyPassword"
              type="password"
              label={t('connect.way.proxyPassword')}
              {...hint}
              error={null}
              value={secrets.proxyPassword}
              onChange={(proxyPassword) => onSecrets({ proxyPassword })}
              autoComplete="off"
            />
          )}
        </>
      )}
      <FileField
        name="caFile"
        label={t('connect.way.caFile')}
        hint={t('connect.way.caFileHint')}
        error={errorAt('caFile')}
        value={connection.caFile}
        onChange={(caFile) => onConnection({ caFile })}
      />
      <FileField
        name="certificateFile"
        label={t('connect.way.certificateFile')}
        hint={t('connect.way.certificateFileHint')}
        error={errorAt('certificateFile')}
        value={connection.certificateFile}
        onChange={(certificateFile) => onConnection({ certificateFile })}
      />
      {connection.certificateFile !== '' && (
        <>
          <FileField
            name="keyFile"
            label={t('connect.way.keyFile')}
            hint={t('connect.way.keyFileHint')}
            value={connection.keyFile}
            onChange={(keyFile) => onConnection({ keyFile })}
          />
          <Field
            name="passphrase"
            type="password"
            label={t('connect.way.passphrase')}
            {...hint}
            error={null}
            value={secrets.passphrase}
            onChange={(passphrase) => onSecrets({ passphrase })}
            autoComplete="off"
          />
        </>
      )}
      <Field
        name="frontUsername"
        label={t('connect.way.frontUsername')}
        hint={t('connect.way.frontUsernameHint')}
        error={errorAt('frontUsername')}
        value={connection.frontUsername}
        onChange={(frontUsername) => onConnection({ frontUsername })}
        autoComplete="off"
      />
      {connection.frontUsername !== '' && (
        <Field
          name="frontPassword"
          type="password"
          label={t('connect.way.frontPassword')}
          {...hint}
          error={null}
          value={secrets.frontPassword}
          onChange={(frontPassword) => onSecrets({ frontPassword })}
          autoComplete="off"
        />
      )}
      {connection.trustedFingerprint !== '' && (
        <div className="field">
          <p>{t('connect.way.trusted')}</p>
          <p className="fingerprint">{connection.trustedFingerprint}</p>
          <button type="button" className="button" onClick={() => onConnection({ trustedFingerprint: '' })}>
            {t('connect.way.distrust')}
          </button>
        </div>
      )}
    </div>
  )
}

interface ProxyProps {
  readonly connection: Connection
  readonly error: string | null
  readonly onConnection: (change: Partial<Connection>) => void
}

function Proxy({ connection: { proxy, proxyAddress }, error, onConnection }: ProxyProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const isOwn = proxy === 'own'
  // A proxy that the system has chosen has no line of its own to show a problem at.
  const ownError = isOwn ? null : error
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{t('connect.way.proxy')}</label>
        <select
          id={id}
          className="input"
          name={isOwn ? 'proxy' : 'proxyAddress'}
          value={proxy}
          aria-invalid={ownError !== null}
          aria-describedby={ownError === null ? undefined : `${id}-error`}
          onChange={({ target }) => {
            const chosen = proxies.find((one) => one === target.value)
            if (chosen !== undefined) onConnection({ proxy: chosen })
          }}
        >
          {proxies.map((one) => (
            <option key={one} value={one}>
              {t(`connect.way.proxies.${one}`)}
            </option>
          ))}
        </select>
        {ownError !== null && (
          <p className="field-error" id={`${id}-error`} role="alert">
            {ownError}
          </p>
        )}
      </div>
      {isOwn && (
        <Field
          name="proxyAddress"
          label={t('connect.way.proxyAddress')}
          hint={t('connect.way.proxyAddressHint')}
          error={error}
          value={proxyAddress}
          onChange={(address) => onConnection({ proxyAddress: address })}
          autoComplete="off"
        />
      )}
    </>
  )
}
