import { type ReactElement, useEffect, useRef } from 'react'
import type { Certificate } from '../../shared/certificate.ts'
import { formatMoment } from '../../shared/format.ts'
import { useTexts } from '../hooks.ts'
import './connect.css'

interface CertificateViewProps {
  readonly certificate: Certificate
  /** The host that has shown it. */
  readonly host: string
  /** What is wrong with it. */
  readonly trouble: string
  readonly onTrust: () => void
  readonly onCancel: () => void
}

/** A server's certificate, to be looked at and to be trusted for that server. */
export function CertificateView({
  certificate,
  host,
  trouble,
  onTrust,
  onCancel,
}: CertificateViewProps): ReactElement {
  const { t, times } = useTexts()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { subject, issuer, names, validFrom, validTo, fingerprint } = certificate
  const facts = [
    ['subject', subject],
    ['names', names.join(', ')],
    ['issuer', issuer === subject ? t('connect.certificate.itself') : issuer],
    ['validFrom', formatMoment(validFrom, times)],
    ['validTo', formatMoment(validTo, times)],
  ] as const
  return (
    <section className="certificate" aria-labelledby="certificate-title">
      <h1 id="certificate-title" tabIndex={-1} ref={heading}>
        {t('connect.certificate.title', { host })}
      </h1>
      <p>{trouble}</p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`connect.certificate.${name}`)}</dt>
            <dd>{value === '' ? t('connect.certificate.nothing') : value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('connect.certificate.fingerprint')}</dt>
          <dd className="fingerprint">{fingerprint}</dd>
        </div>
      </dl>
      <p className="muted">{t('connect.certificate.advice')}</p>
      <div className="certificate-actions">
        <button type="button" className="button button-primary" onClick={onCancel}>
          {t('button.cancel')}
        </button>
        <button type="button" className="button" onClick={onTrust}>
          {t('connect.certificate.trust')}
        </button>
      </div>
    </section>
  )
}
