/** The number of a server's first run on its database, and of every run on LiteDB. */
const firstRun = '1'

/**
 * The run of the server behind the present change stream, and the jobs that were seen alive in it. What was seen under
 * an earlier stream proves nothing: the server may have restarted in between.
 */
export class ServerRun {
  readonly #hasStream: () => boolean
  #number: string | null = null
  readonly #members = new Set<string>()
  /**
   * Seen alive since the stream last spoke. It may have died without a sign, and whoever showed these jobs may be the
   * next run of the server.
   */
  readonly #seen = new Set<string>()

  /** `hasStream`: whether a change stream lives now. */
  constructor(hasStream: () => boolean) {
    this.#hasStream = hasStream
  }

  /** Whether a change stream lives, which tells of every change. */
  get isWatched(): boolean {
    return this.#hasStream()
  }

  /** The run's number as the stream told it; null before its first event. */
  get number(): string | null {
    return this.#number
  }

  /** Keys of the jobs that were seen in the run, whether its stream still lives or not. */
  get members(): ReadonlySet<string> {
    return this.#members
  }

  /** Whether the server can't have restarted since the job was seen. */
  isMember(key: string): boolean {
    return this.isWatched && this.#members.has(key)
  }

  /**
   * Whether the present run is the one of that number, as the stream has told. Databases that give ids anew with each
   * run call every run the first.
   */
  isNumbered(number: string | null): boolean {
    return this.isWatched && number !== null && number === this.#number && number !== firstRun
  }

  /** Another change stream lives. */
  begin(): void {
    this.#number = null
    this.#members.clear()
    this.#seen.clear()
  }

  /** A job was seen alive: it belongs to the run if the stream speaks once more. */
  seenAlive(key: string): void {
    if (this.isWatched && !this.#members.has(key)) this.#seen.add(key)
  }

  /** The stream spoke. Answers the keys of the jobs that belong to the run from now on. */
  spoken(): readonly string[] {
    const joined = [...this.#seen]
    for (const key of joined) this.#members.add(key)
    this.#seen.clear()
    return joined
  }

  /** The stream told the run's number. Answers whether it told another one, or none, before. */
  tell(number: string): boolean {
    const isOther = number !== this.#number
    this.#number = number
    return isOther
  }

  forget(key: string): void {
    this.#members.delete(key)
    this.#seen.delete(key)
  }
}
