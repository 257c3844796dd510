import type { DetailedPeerCertificate, PeerCertificate, TLSSocket } from 'node:tls'
import { cleanText } from '../../shared/clean-text.ts'
import type { Certificate } from '../../shared/certificate.ts'

/** As long as a name can be, and as many as a person looks through. */
const longestName = 255
const mostNames = 20

type Name = PeerCertificate['subject']

/** The certificate that the other end of a connection has shown, cleaned: it says what it likes. */
export function certificateOf(socket: TLSSocket): Certificate {
  const shown: DetailedPeerCertificate = socket.getPeerCertificate(true)
  return {
    subject: nameText(shown.subject),
    issuer: nameText(shown.issuer),
    names: (shown.subjectaltname ?? '')
      .split(', ')
      .map((name) => clean(name.replace(/^(?:DNS|IP Address):/u, '')))
      .filter((name) => name !== '')
      .slice(0, mostNames),
    validFrom: Date.parse(shown.valid_from),
    validTo: Date.parse(shown.valid_to),
    fingerprint: shown.fingerprint256,
  }
}

/** The common name and the organisation, where there are such. */
const nameText = (name: Partial<Name> | undefined): string =>
  [name?.CN, name?.O]
    .flat()
    .map((part) => clean(part ?? ''))
    .filter((part, index, parts) => part !== '' && parts.indexOf(part) === index)
    .join(', ')

const clean = (text: string): string => cleanText(text, longestName)
