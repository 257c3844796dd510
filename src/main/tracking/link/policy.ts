import { seconds } from '../policy.ts'

/** The times and limits by which it is decided how the app stands with a server. Milliseconds. */
export const link = {
  /** Wexflow sends a keep-alive every 15 s: after two that did not come the change stream counts as dead. */
  silence: 40 * seconds,
  /** One second after the second was due, the server is asked whether it is there, twice. */
  overdue: 31 * seconds,
  /**
   * Each of the two questions is waited for so long: a server that froze is known to be away when the stream counts as
   * dead. One that is busy with its jobs sends no keep-alives for over 40 s, but answers.
   */
  helloWithin: 4 * seconds,
  /** A server whose stream can't be had is away if it has answered nothing for so long. */
  answerWithin: 20 * seconds,
  /** Whoever asks to be left alone for no longer than this gets it without a word; for longer the server is away. */
  quietRest: 5 * seconds,
  /**
   * After the server itself has answered, others that answer in its place are believed for so long to be in the way of
   * single calls only, as a firewall of web applications is.
   */
  provedFor: 15 * seconds,
  /** A server sends its first keep-alive at once; a proxy that buffers the stream sends nothing. */
  open: 20 * seconds,
  /** A first keep-alive that has not come by then is held back by something on the way. */
  late: 3 * seconds,
  firstRetry: 1 * seconds,
  lastRetry: 60 * seconds,
  /** A stream that breaks sooner than the next keep-alive was due was of no use: the pauses go on growing. */
  steady: 15 * seconds,
  /** The machine's addresses are compared this often, and only while the change stream is down. */
  addressCheck: 5 * seconds,
  /** Where streams can't be had, the server is asked about its jobs this often while some run. */
  pollBusy: 5 * seconds,
  /** And otherwise whether it is there: one that froze shows after this and the two questions, sooner than in 45 s. */
  pollIdle: 30 * seconds,
  /** A little under the minute in which a change of the workflows shall be seen, as keep-alives come every 15 s. */
  workflows: 44 * seconds,
} as const
