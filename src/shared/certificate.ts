import { z } from 'zod'

/** A server's certificate as a person looks at it. What it says of itself is proven by nobody. */
export const certificateSchema = z.object({
  /** Whom it is made out to. */
  subject: z.string(),
  issuer: z.string(),
  /** The hosts that it is for. */
  names: z.array(z.string()),
  /** Milliseconds since 1970. */
  validFrom: z.number(),
  validTo: z.number(),
  /** SHA-256, in hexadecimal with colons. */
  fingerprint: z.string(),
})
export type Certificate = z.infer<typeof certificateSchema>
