import { readFile } from 'node:fs/promises'
import tls from 'node:tls'

/** Where Linux distributions keep the authorities that the system trusts, as one file. */
const linuxBundles = [
  // Debian, Ubuntu, Arch, Gentoo, Alpine
  '/etc/ssl/certs/ca-certificates.crt',
  // Fedora, Red Hat
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  // openSUSE
  '/var/lib/ca-certificates/ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  // NixOS
  '/etc/ssl/certs/ca-bundle.crt',
] as const

const certificate = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/gu

/** The certificates in a text of PEM, each by itself. */
export const certificatesOf = (pem: string): string[] => pem.match(certificate) ?? []

/**
 * The authorities that the system trusts, in PEM. On Linux from its bundle; elsewhere from the system's own store, which
 * Node reads from version 22.15 on: before that, as in Electron 33, there are none. Never rejects.
 * @param bundles the files of which the first that can be read is taken, on Linux
 */
export async function systemCertificates(
  platform: NodeJS.Platform,
  bundles: readonly string[] = linuxBundles,
): Promise<string[]> {
  if (platform !== 'linux') return storedCertificates()
  for (const bundle of bundles) {
    const pem = await readFile(bundle, 'utf8').catch(() => '')
    const found = certificatesOf(pem)
    if (found.length > 0) return found
  }
  return []
}

function storedCertificates(): string[] {
  try {
    return typeof tls.getCACertificates === 'function' ? tls.getCACertificates('system') : []
  } catch {
    return []
  }
}
