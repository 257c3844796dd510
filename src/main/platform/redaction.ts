/** What stands where a secret stood. */
export const mask = '[hidden]'

/** A shorter text would mask half of every line and thereby tell what it is. */
const shortestSecret = 4

/**
 * Shapes that hold a secret, whoever wrote them: a JSON Web Token; what follows `Bearer` or `Basic`; a field or a
 * query parameter named like a secret; the user and password in an address.
 */
const shapes: readonly [shape: RegExp, replacement: string][] = [
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, mask],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${mask}`],
  [
    /(["']?(?:access_?token|password|authorization|cookie|token)["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,;&}]+)/gi,
    `$1${mask}`,
  ],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]+@/gi, '$1'],
]

/** Masks secrets in text that leaves the app: its log file and its diagnostics. */
export class Redactor {
  readonly #secrets = new Map<string, number>()

  /**
   * Names a secret of this run (a password, a token), so that it is masked wherever it appears.
   * @returns forgets it again
   */
  add(secret: string): () => void {
    if (secret.length < shortestSecret) return () => {}
    // As it is, and as JSON and addresses write it.
    const forms = new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    for (const form of forms) this.#secrets.set(form, (this.#secrets.get(form) ?? 0) + 1)
    return () => {
      for (const form of forms) this.#release(form)
      forms.clear()
    }
  }

  redact(text: string): string {
    // The longest first: a secret may be a part of another one.
    const known = [...this.#secrets.keys()].sort((a, b) => b.length - a.length)
    const withoutKnown = known.reduce((rest, secret) => rest.replaceAll(secret, mask), text)
    return shapes.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), withoutKnown)
  }

  #release(form: string): void {
    const uses = (this.#secrets.get(form) ?? 0) - 1
    if (uses > 0) this.#secrets.set(form, uses)
    else this.#secrets.delete(form)
  }
}
