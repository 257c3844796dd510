import type { Connection, ConnectionSecrets } from './connection.ts'

/** How a server is reached where nobody has set anything. */
export const usualConnection: Connection = {
  proxy: 'system',
  proxyAddress: '',
  proxyUsername: '',
  caFile: '',
  certificateFile: '',
  keyFile: '',
  frontUsername: '',
  trustedFingerprint: '',
}

export const noSecrets: ConnectionSecrets = { proxyPassword: '', passphrase: '', frontPassword: '' }
