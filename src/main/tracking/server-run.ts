/** The number of a server's first run on its database, and of every run on LiteDB. */
const firstRun = '1'

/**
 * The run of the server behind the present change stream, and the jobs that were seen alive in it. What was seen under
 * an earlier stream proves nothing, since the server may have restarted in between, until a page shows an ended entry
 * exactly as it stood before: a restart removes all entries, and no later one has the same id and the same date.
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
  /** Seen under an earlier stream: they belong to the present run if a page shows one of the ended entries below. */
  readonly #seenBefore = new Set<string>()
  /** What had ended on the newest page of the run: the stream spoke after it, so that it is known to be of that run. */
  #ended: ReadonlySet<string> = new Set()
  /** What had ended on the newest page since the stream last spoke; null where there was no page since. */
  #newlyEnded: ReadonlySet<string> | null = null
  #streams = 0

  /** `hasStream`: whether a change stream lives now. */
  constructor(hasStream: () => boolean) {
    this.#hasStream = hasStream
  }

  /** Whether a change stream lives, which tells of every change. */
  get hasStream(): boolean {
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
    return this.hasStream && this.#members.has(key)
  }

  /**
   * Whether the present run is the one of that number, as the stream has told. Databases that give ids anew with each
   * run call every run the first.
   */
  isNumbered(number: string | null): boolean {
    return this.hasStream && number !== null && number === this.#number && number !== firstRun
  }

  /** How many change streams have lived: a page that was asked for under an earlier one may be of another run. */
  get streams(): number {
    return this.#streams
  }

  /** Another change stream lives. */
  begin(): void {
    this.#streams += 1
    this.#number = null
    for (const key of [...this.#members, ...this.#seen]) this.#seenBefore.add(key)
    this.#members.clear()
    this.#seen.clear()
    this.#newlyEnded = null
  }

  /** A job was seen alive: it belongs to the run if the stream speaks once more. */
  seenAlive(key: string): void {
    if (!this.#members.has(key)) this.#seen.add(key)
  }

  /**
   * A page of entries was read.
   * @param ended what had ended on it: all that each entry said, in one text
   * @param streams as it was when the page was asked for
   */
  onPage(ended: ReadonlySet<string>, streams: number): void {
    if (streams !== this.#streams || !this.hasStream) return
    if (this.#seenBefore.size > 0 && [...ended].some((entry) => this.#ended.has(entry)))
      for (const key of this.#seenBefore) this.seenAlive(key)
    this.#seenBefore.clear()
    this.#newlyEnded = ended
  }

  /** The stream spoke. Answers the keys of the jobs that belong to the run from now on. */
  spoken(): readonly string[] {
    this.#ended = this.#newlyEnded ?? this.#ended
    this.#newlyEnded = null
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
    for (const keys of [this.#members, this.#seen, this.#seenBefore]) keys.delete(key)
  }
}
