import { z } from 'zod'

const path = z.string().max(4000)
const text = z.string().max(500)

/** How a server is reached, as the person set it. Empty texts are what nobody set; secrets stand elsewhere. */
export const connectionSchema = z.object({
  /** As the system does it, straight to the server, or over the proxy that is given here. */
  proxy: z.enum(['system', 'none', 'own']),
  /** `host:port`, or a URL of http or https. */
  proxyAddress: text,
  /** For the proxy's own sign-in, whoever chose the proxy. */
  proxyUsername: text,
  /** A file in PEM or DER with authorities that may sign this server's certificate. */
  caFile: path,
  /** The certificate that the server is shown: a file in PEM, with or without its key, or in PKCS #12 (PFX). */
  certificateFile: path,
  /** The key in PEM, where the certificate's file does not hold it. */
  keyFile: path,
  /** For a sign-in with Basic in front of the server. */
  frontUsername: text,
  /** SHA-256 of the certificate that the person trusts for this server, in hexadecimal with colons. */
  trustedFingerprint: z.string().max(100),
})
export type Connection = z.infer<typeof connectionSchema>

export const connectionSecretsSchema = z.object({
  proxyPassword: z.string().max(2000),
  /** Of the key that belongs to the person's certificate. */
  passphrase: z.string().max(2000),
  frontPassword: z.string().max(2000),
})
/** What goes with a connection and is kept in the keychain only. */
export type ConnectionSecrets = z.infer<typeof connectionSecretsSchema>
