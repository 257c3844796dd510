import type { Random } from './random.ts'

/** How often something goes wrong: a probability from 0 to 1, or exactly the next so many times. */
export type Chance = number | { readonly next: number }

/** A delay in milliseconds: always the same, or a random one up to a limit with some chance. */
type Delay = number | { readonly upToMs: number; readonly chance: Chance }

export interface ChanceFaults {
  /** A stopped job's frame says Running, its entry turns to Stopped a few milliseconds later. */
  frameSaysRunning: Chance
  /** A job's frame is never sent and its stream stays open. */
  frameDropped: Chance
  /** The frame comes twice before the stream ends. */
  frameDuplicated: Chance
  /** Every byte of a stream's message comes as a chunk of its own. */
  frameSplit: Chance
  /** The connection is reset in place of a stream's message. */
  streamReset: Chance
  /** In place of a stream's message, and from then on, nothing comes; the connection stays. */
  streamHalfOpen: Chance
  /** A stopped job's entry stays at Running, without a history row; `stop` says false. */
  entryStuckRunning: Chance
  /** `stop` says false although it stopped the job. */
  stopSaysFalse: Chance
  /** A call is answered 500 with an empty body and not carried out. */
  restStatus500: Chance
  /** `start` is carried out, then the connection is reset in place of the answer. */
  startAnswerLost: Chance
  /** The connection is reset before `start` is carried out. */
  startNotReceived: Chance
  /** The paged reads are refused for everyone. */
  pagesRefused: Chance
  /** No streams at all, 404, as on .NET Framework. */
  noSse: Chance
  /** Nothing is known of messages to users, 404, as on a version that has none. */
  noMessages: Chance
  /** A proxy keeps a stream's bytes until the stream ends. */
  streamsBuffered: Chance
  /** Entries and frames carry a status that nobody knows. */
  unknownStatusNumber: Chance
  /** Answers carry fields of a later server version. */
  extraFields: Chance
  /** `search` lists every workflow twice. */
  duplicateWorkflowIds: Chance
  /**
   * A stop that overtakes the queue's next start writes its record over that one's, which leaves `jobs` and runs on; the
   * entry of the stopped job stays at Running.
   */
  stopHitsNext: Chance
  /** `entry` is answered `false`, as where the database is in trouble. */
  entrySaysFalse: Chance
  /** A history row's log is answered as empty, as where the database is in trouble. */
  historyLogEmpty: Chance
  /** A start that overtakes the beginning of another of its workflow gets an id, and begins only when that one ends. */
  startWaitsForOther: Chance
  /**
   * A stop that is answered `true` hides the queue's next job while it runs: `jobs` does not list it, a stop of it says
   * false, and its log does not name it. Nothing is dropped from the queue. Seen after two of three such stops.
   */
  stopHidesNext: Chance
  /**
   * A stop that is answered `true` also ends the queue's next job, within milliseconds of its begin: its entry and its row
   * say Stopped, `jobs` never lists it, and its log is empty.
   */
  stopCascades: Chance
  /** The log of a job that another's stop ended (`stopCascades`) carries that other's Instance Id line. */
  cascadeKeepsLine: Chance
  /** Of a job that runs hidden (`stopHidesNext`) `workflow` and `job` say Stopped, and that it runs. */
  hiddenSaysStopped: Chance
  /** A start of a parallel workflow is answered with an id that never exists; its job runs under another, at once. */
  startIdReplaced: Chance
  /** A start that the server puts into the queue is answered with an id that never exists. */
  queuedUnderId: Chance
  /**
   * A stop of a job for whose end another start of its workflow waits (`startWaitsForOther`): neither that start nor a
   * later one begins, though each has an id, until the server restarts or the workflow is saved.
   */
  stopDeadensWorkflow: Chance
  /**
   * A stop of a job for whose end another start of its workflow waits (`startWaitsForOther`) says Stopped on the stream of
   * that one too, which begins only then and runs on, hidden. Seen on all databases.
   */
  stopSaidOfNext: Chance
  /**
   * A stop of a suspended job leaves its workflow suspended: the next job that it runs by itself waits from its begin until
   * somebody resumes it, with an entry that says Running. Seen after two of three such stops.
   */
  stopKeepsSuspended: Chance
  /** What a schedule is to start is not started, as where the scheduler is broken. */
  scheduleSkipped: Chance
  /** The database can't take what a job wrote: its frame says Failed, its entry stays at Running, without a history row. */
  endNotStored: Chance
  /**
   * The database is away: records can't be read, calls are answered with 500. A job that ends meanwhile says on its stream
   * that it ended, not how; its entry stays at Running, and `jobs` lists it until the server restarts.
   */
  databaseAway: Chance
  /** A change stream's keep-alive is not sent when it is due. */
  keepAliveSkipped: Chance
  /** A failed job's frame says Done, its entry Failed. */
  frameSaysDone: Chance
  /** After a restart the server's run has the number of the last one, and entries are counted from 1 again. */
  runRepeatsNumbers: Chance
  /**
   * A stop meets the job's own end: the job says how it ended, on its stream and in its records, and a moment later the
   * stop writes Stopped over its entry and adds a row of its own, with the same log. As with other stops the queue's next
   * job runs hidden (`stopHidesNext`). 93 of some 300 stops within 15 ms of the end.
   */
  stopMeetsEnd: Chance
  /**
   * Where a stop meets the job's own end (`stopMeetsEnd`), the queue's next start is taken and lost, and those behind it
   * stand still until something begins the workflow anew. Seen once.
   */
  queueStandsStill: Chance
  /** A queue that stands still (`queueStandsStill`) is a dead workflow's: what is started later does not begin either. */
  standstillIsDead: Chance
  /** A stop that ends the queue's next job too (`stopCascades`) ends the one behind that as well: drawn anew for each. */
  cascadeGoesOn: Chance
  /**
   * Where a stop ends the queue's next jobs (`stopCascades`), each record of it lands one job further on: the entry of the
   * stopped job stays at Running, though the history names it as stopped, and so does that of the last one that is ended,
   * which its own log names; `stop` says false.
   */
  cascadeShiftsRecords: Chance
}

export interface DelayFaults {
  /** A job begins, and has an entry, only so long after `start` was answered. */
  lateEntryMs: Delay
  /** The frame comes so long after the job's end. */
  frameDelayedMs: Delay
  /** `start` is answered so much later; the job begins at the usual time. */
  slowStartMs: Delay
  /** Every call is answered so much later; what it does is done at once. */
  slowCallMs: Delay
  /** A new stream is silent for so long, and misses what happens meanwhile. */
  newStreamSilentMs: Delay
  /** Streams announce an end so long before its record can be read. */
  changeBeforeRecordMs: Delay
  /** A stream is cut so long after it was opened; 0: never. */
  streamsCutAfterMs: Delay
  /** How long a token from `login` without `stayConnected` is good. */
  tokenLifetimeMs: Delay
}

export type FaultSettings = ChanceFaults & DelayFaults

/** What a server does when no test asks for a fault: the traps that every real one has. */
const usualFaults: FaultSettings = {
  frameSaysRunning: 1,
  frameDropped: 0,
  frameDuplicated: 0,
  frameSplit: 0,
  streamReset: 0,
  streamHalfOpen: 0,
  entryStuckRunning: 0,
  stopSaysFalse: 0,
  restStatus500: 0,
  startAnswerLost: 0,
  startNotReceived: 0,
  pagesRefused: 0,
  noSse: 0,
  noMessages: 0,
  streamsBuffered: 0,
  unknownStatusNumber: 0,
  extraFields: 0,
  duplicateWorkflowIds: 0,
  stopHitsNext: 0,
  entrySaysFalse: 0,
  historyLogEmpty: 0,
  startWaitsForOther: 0,
  stopHidesNext: 1,
  stopCascades: 0,
  cascadeKeepsLine: 0,
  hiddenSaysStopped: 0,
  startIdReplaced: 0,
  queuedUnderId: 0,
  stopDeadensWorkflow: 0,
  stopSaidOfNext: 0,
  stopKeepsSuspended: 0,
  scheduleSkipped: 0,
  endNotStored: 0,
  databaseAway: 0,
  keepAliveSkipped: 0,
  frameSaysDone: 0,
  runRepeatsNumbers: 0,
  stopMeetsEnd: 0,
  queueStandsStill: 0,
  standstillIsDead: 0,
  cascadeGoesOn: 0,
  cascadeShiftsRecords: 0,
  lateEntryMs: 0,
  frameDelayedMs: 0,
  slowStartMs: 0,
  slowCallMs: 0,
  newStreamSilentMs: 0,
  changeBeforeRecordMs: 0,
  streamsCutAfterMs: 0,
  tokenLifetimeMs: 1440 * 60_000,
}

/**
 * A server that is busy with its jobs, for as long as a test leaves it so: it answers late, and new streams and
 * keep-alives are silent, while streams that are open deliver what they wait for.
 */
export const busyServer: Partial<FaultSettings> = {
  slowCallMs: { upToMs: 30_000, chance: 1 },
  newStreamSilentMs: { upToMs: 20_000, chance: 1 },
  keepAliveSkipped: 1,
}

/** `recorded`: a transcript shows it. `described`: known from notes or thought possible, without a transcript. */
export const faultSources: Readonly<Record<keyof FaultSettings, 'recorded' | 'described'>> = {
  frameSaysRunning: 'recorded',
  frameDropped: 'described',
  frameDuplicated: 'described',
  frameSplit: 'described',
  streamReset: 'recorded',
  streamHalfOpen: 'described',
  entryStuckRunning: 'recorded',
  stopSaysFalse: 'recorded',
  restStatus500: 'described',
  startAnswerLost: 'described',
  startNotReceived: 'described',
  pagesRefused: 'described',
  noSse: 'described',
  noMessages: 'described',
  streamsBuffered: 'described',
  unknownStatusNumber: 'described',
  extraFields: 'described',
  duplicateWorkflowIds: 'recorded',
  stopHitsNext: 'described',
  entrySaysFalse: 'described',
  historyLogEmpty: 'described',
  startWaitsForOther: 'recorded',
  stopHidesNext: 'recorded',
  stopCascades: 'described',
  cascadeKeepsLine: 'described',
  hiddenSaysStopped: 'recorded',
  startIdReplaced: 'recorded',
  queuedUnderId: 'described',
  stopDeadensWorkflow: 'recorded',
  stopSaidOfNext: 'described',
  stopKeepsSuspended: 'described',
  scheduleSkipped: 'described',
  endNotStored: 'recorded',
  databaseAway: 'recorded',
  keepAliveSkipped: 'described',
  frameSaysDone: 'described',
  runRepeatsNumbers: 'described',
  stopMeetsEnd: 'described',
  queueStandsStill: 'described',
  standstillIsDead: 'described',
  cascadeGoesOn: 'described',
  cascadeShiftsRecords: 'described',
  lateEntryMs: 'described',
  frameDelayedMs: 'described',
  slowStartMs: 'described',
  slowCallMs: 'described',
  newStreamSilentMs: 'described',
  changeBeforeRecordMs: 'recorded',
  streamsCutAfterMs: 'described',
  tokenLifetimeMs: 'recorded',
}

/** They came later than the others, and have chances of their own: what a seed draws otherwise stays as it was. */
const drawnApart: ReadonlySet<keyof FaultSettings> = new Set([
  'stopMeetsEnd',
  'queueStandsStill',
  'standstillIsDead',
  'cascadeGoesOn',
  'cascadeShiftsRecords',
])

/** The faults of one server; may be changed at any time. */
export class Faults {
  readonly #random: Random
  readonly #apart: Random
  readonly #injected = new Map<keyof FaultSettings, number>()
  #settings: FaultSettings = usualFaults

  /** @param apart from which the faults are drawn that have chances of their own */
  constructor(random: Random, settings: Partial<FaultSettings> = {}, apart: Random = random) {
    this.#random = random
    this.#apart = apart
    this.set(settings)
  }

  set(settings: Partial<FaultSettings>): void {
    this.#settings = { ...this.#settings, ...settings }
  }

  /** Back to the traps that every server has. */
  clear(): void {
    this.#settings = usualFaults
  }

  /** How often each fault happened. */
  get injected(): ReadonlyMap<keyof FaultSettings, number> {
    return this.#injected
  }

  /** Draws once; an exact count is used up by it. */
  happens(name: keyof ChanceFaults): boolean {
    const random = drawnApart.has(name) ? this.#apart : this.#random
    const [drawn, left] = this.#draw(this.#settings[name], random)
    if (left !== this.#settings[name]) this.#settings = { ...this.#settings, [name]: left }
    if (drawn) this.#count(name)
    return drawn
  }

  /** Draws once, in milliseconds. */
  delay(name: keyof DelayFaults): number {
    const delay = this.#settings[name]
    if (typeof delay === 'number') return delay
    const [drawn, left] = this.#draw(delay.chance, this.#random)
    if (left !== delay.chance) this.#settings = { ...this.#settings, [name]: { ...delay, chance: left } }
    if (drawn) this.#count(name)
    return drawn ? Math.ceil(this.#random() * delay.upToMs) : 0
  }

  #count(name: keyof FaultSettings): void {
    this.#injected.set(name, (this.#injected.get(name) ?? 0) + 1)
  }

  #draw(chance: Chance, random: Random): [boolean, Chance] {
    if (typeof chance !== 'number') return [chance.next > 0, { next: Math.max(0, chance.next - 1) }]
    if (chance <= 0 || chance >= 1) return [chance >= 1, chance]
    return [random() < chance, chance]
  }
}
