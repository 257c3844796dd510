/**
 * The times and limits by which jobs are followed, each with the fact that it rests on. Milliseconds, unless the name says
 * otherwise. Times that have no fact of a server behind them say what they are a compromise of. Those of the link stand
 * in `link/policy.ts`, those of runs that others began in `watch/policy.ts`.
 */

export const seconds = 1000
export const minutes = 60 * seconds
const hours = 60 * minutes

/** How soon and how often one job is asked about. */
export const asking = {
  /** A started job is asked for its entry so soon: an instant job ends before anybody can subscribe to its stream. */
  firstEntry: 500,
  /** The pauses between the reads for an end that was signalled: at first the least, then ever longer ones. */
  leastPause: 250,
  mostPause: 15 * seconds,
  /** A stop's record was seen to follow the stop's answer by a few milliseconds; on a starving server by more. */
  afterStopAnswer: 250,
  /** A job without an entry is looked for in the server's memory of last jobs after this time. */
  unseen: 2 * seconds,
  /** And in the history after this time: starving servers begin jobs tens of seconds late. */
  longUnseen: 30 * seconds,
  /** A read that failed is made again after this time. */
  afterFailure: 5 * seconds,
  /** The same read is never made again sooner than this after its answer, whatever wants it. */
  atLeastApart: 100,
  /** More pauses than these, of all reads of a server, are not kept once they are over. */
  mostPauses: 1000,
  /** The queue's next job, or one that was listed nowhere, is looked for again after this time. */
  emptyQueue: 3 * seconds,
  /**
   * A log that did not tell how long the job took is read again after this time: its end is written some milliseconds after
   * the message. A notification waits for that.
   */
  logAgain: 700,
  /** The history is searched again for what it did not hold after this time, or where it could not be read. */
  searchAgain: 15 * seconds,
  /** And no more rarely than this for a start that waits, which may be for hours. */
  mostSearchPause: 5 * minutes,
  /** Each pause is this share of the time that it has waited, or its queue stood still: for ten minutes the least one. */
  waitingSearchShare: 1 / 40,
  /** A change stream that lives speaks within this time: there is a keep-alive every 15 s. */
  spoken: 16 * seconds,
  /** A start whose answer was lost is looked for in the history so long after `jobs` was read. */
  afterLostAnswer: 1.5 * seconds,
} as const

/** What is read before a start, and how its answer is waited for. */
export const starting = {
  /** A read before a start is made again so often where the server stumbles at it. */
  mostRepeats: 2,
  /** The pause before it is made again. */
  repeatAfter: 500,
  /** What a start can do without, as the newest row of a slow history, is waited for no longer than this. */
  optionalWithin: 1 * seconds,
  /**
   * The starts of a burst share these reads, on a way that is narrow above all: one that begins later than another waits
   * for that one so long.
   */
  markPatience: 250,
  /**
   * A start waits no longer than this for the server to show the run of another one of its workflow that went out just
   * before. A healthy server does within a tenth of a second, and its entry is asked for after half a second where nothing
   * announces it.
   */
  behindFirst: 0.7 * seconds,
  /** So many of the newest entries are read for the greatest id before the start. */
  newestEntries: 20,
  /**
   * Where a slow server does not say it in that time, the greatest id that was seen on a page not longer ago than this
   * does: what others began since could be taken for the start's.
   */
  entrySeenWithin: 5 * seconds,
  /** A server takes longer than this to start anew: none was seen to do it in less than two seconds. */
  noRestartWithin: 1 * seconds,
  /** After sleep, an answer that has been waited for longer than this may never come. */
  answerUsuallyWithin: 5 * seconds,
  /** Within this time a queued start does not get its turn, and end, before its answer has come. */
  promptAnswer: 2 * seconds,
} as const

/** What "gone" means: `jobs` no longer lists a job that the server has shown. */
export const gone = {
  /** Two reads of `jobs`, so far apart, together mean gone. */
  secondRead: 1.5 * seconds,
  /** Two reads that are closer than this count as one. */
  oneRead: 1 * seconds,
  /** So many reads in a row that did not find it mean that it is not there. */
  reads: 2,
  /** A job of a workflow that the server does not list any more counts as missing from the list after this time. */
  unlistedFor: 1 * hours,
  /** How long a job must be gone without a record before that is concluded. */
  concludeAfter: 5 * seconds,
  /**
   * And where nothing has said that it ended: the parallel jobs of a workflow that somebody saves leave `jobs` and run
   * on, with an entry that says so (source).
   */
  concludeUnsignalledAfter: 10 * minutes,
  /**
   * A job whose stream has said that it ended counts as gone after this time, whatever `jobs` says: one that ends while the
   * server's database is away is listed for as long as the server runs. Others leave the list within milliseconds, and on
   * a starving server within a minute and a half.
   */
  concludeListedAfter: 2 * minutes,
} as const

/** How long what can't be read is waited for. */
export const unread = {
  /** A history, or a list of running jobs, that is refused is waited for so long, then it is gone on without. */
  wait: 2 * minutes,
  /**
   * By a start without an id so long: it can't be looked for later, since whatever its workflow ran meanwhile could be
   * taken for it.
   */
  waitWithoutId: 10 * minutes,
} as const

/** When a start that nothing is seen of is given up. */
export const giveUp = {
  /** A start whose answer was lost: starving servers began jobs minutes late. */
  lostStart: 10 * minutes,
  /** A job that was shown nowhere while its workflow ran nothing. */
  unseen: 10 * minutes,
  /** The same where the server can't have restarted since, so that the job must still begin. */
  unseenInThisRun: 1 * hours,
  /** After a restart, a start whose answer was lost may still reach the server's new run for so long. */
  lostAfterRestart: 1 * minutes,
  /**
   * A queued start whose workflow was seen to run nothing for so long, and whose run may have come and gone unseen: a server
   * under load takes tens of seconds to begin the job that it took from the queue.
   */
  queue: 10 * minutes,
  /**
   * One that was told as taken and not begun, while its workflow runs nothing and its server is in the same run: a queue
   * that stands still goes on, in its order, once anything starts the workflow (source), which may be on the next day.
   */
  heldQueue: 24 * hours,
} as const

/** A workflow that takes starts and begins none. */
export const notBegun = {
  /**
   * A start that has its id, or waits in a queue, is told as taken but not begun after this time, in which its workflow
   * ran nothing else: a healthy server begins a job within milliseconds, or when its workflow's jobs before it have
   * ended; under load up to half a minute after the answer, seldom later.
   */
  toldAfter: 60 * seconds,
} as const

/** An answered id that never exists: its run goes under an id that nobody was given. */
export const replacedId = {
  /** A start whose id the server has shown nowhere for so long may claim another run of its workflow. */
  claimAfter: 3 * seconds,
  /** The same while the server is slow: several starts of it wait for their runs, which may just be late. */
  claimAfterWhenSlow: 30 * seconds,
  /** So many starts that wait for their runs are a slow server's. */
  slowFrom: 4,
  /**
   * The run that it claimed may be another's, for whose end it waited: its own begins within milliseconds of that, and
   * under load seconds later.
   */
  ownShowsWithin: 3 * seconds,
  /** The history is searched for an unclaimed run again after this time. */
  searchAgain: 5 * seconds,
} as const

/** Whether a stop that this app asked for was what ended a job. */
export const stopping = {
  /** A job that is still listed so long after this app asked to stop it was not stopped by that. */
  worksWithin: 10 * seconds,
  /** A job that had yet to begin is not there to be stopped: one that still runs so long after was not. */
  worksOnBegunWithin: 1 * seconds,
  /** Between two jobs of a queue the server says for up to 30 ms that nothing runs: a read so long after tells what does. */
  othersShowWithin: 300,
  /**
   * The stream of a start that waits for the end of a stopped job was seen to say Stopped within a millisecond of its
   * begin, up to 15 ms after `jobs` had shown it; a busy server's messages come seconds late.
   */
  saidOfNextWithin: 5 * seconds,
} as const

/** What a person wishes of a job beside a stop. */
export const changing = {
  /**
   * So long after the server's answer its list of running jobs shows the change: a suspended job says so at once, and
   * a job notices within a second that it was approved or rejected.
   */
  shownAfter: { suspend: 0, resume: 0, approve: 1 * seconds, reject: 1 * seconds },
  /** A job that does so long after the wish what it did before was not changed by it. */
  worksWithin: 10 * seconds,
} as const

/** What was told without a record, and may be corrected by one. */
export const doubt = {
  /** The record of an end that the stream told is asked for after this time. */
  firstCheck: 1 * seconds,
  /** While it does not say how, it is asked for again after this time. */
  nextCheck: 3 * seconds,
  /** So long after the end it is asked for no more. */
  checkFor: 1 * minutes,
  /** Pages are held against what the stream told for so long. */
  pagesFor: 10 * minutes,
  /** The record of an end that was only concluded is asked for after this time. */
  least: 30 * seconds,
  /** Then it is asked for ever more rarely: each pause is this share of the time from the end to the last time. */
  growth: 0.6,
  /** So long after the end it is asked for no more: jobs that this app thought gone may run for hours. */
  last: 24 * hours,
} as const

/** How long a job took. */
export const duration = {
  /** The clock of this machine tells it right to a second where its begin and its end are known this well. */
  precise: 900,
  /**
   * Where so many jobs that this app follows run at once, whoever began them, the log is read instead: each keeps a
   * thread of the server, and with three on two cores its messages were seen to come seconds late.
   */
  crowd: 3,
} as const

/** What is asked of a server as a whole. */
export const sweeps = {
  pageRows: 100,
  /** A sweep reads no further than this; what lies deeper is asked for by its own id. */
  mostPages: 20,
  /** Reads of the newest entries follow each other no faster, however many changes are announced. */
  betweenPages: 200,
  /**
   * A sweep follows a change so soon and no sooner: the message of the job's own stream comes right behind the change,
   * and to ask for a page keeps this process busy for longer than to tell that end.
   */
  afterChange: 10,
  /** A change can be announced a few milliseconds before its record: one more read follows the last announcement. */
  afterLastChange: 1 * seconds,
  /**
   * A keep-alive brings no sweep where the server's counts of jobs were the same over so many of the last ones: a record
   * may come later than what counts it.
   */
  whileUnchanged: 2,
  /** Counts drift, so that a sweep comes this often at least: a little under a minute, as keep-alives come every 15 s. */
  atLeastEvery: 58 * seconds,
  /** Up to this number, the jobs that the pages did not show are asked at once. */
  fewJobs: 8,
  /** On each keep-alive so many are asked beside pages that show every end: those first that were asked longest ago. */
  jobsBesidePages: 25,
  /** So many are asked where pages can't be had. */
  jobsWithoutPages: 100,
  /** So many workflows are asked for their running jobs on each keep-alive, and after each change. */
  workflows: 10,
  /** So many runs that belong to nobody are asked for their names at once, for one workflow. */
  mostUnclaimed: 50,
  /** An entry's log that is empty so often names no job: that of a run which a stop of another ended has no line. */
  namingAttempts: 4,
  /** One that is refused, as while the database stumbles, may name one: it counts as empty only after this time. */
  namingRefusedFor: 30 * seconds,
  /**
   * A log begins no later than this after the date of its entry: of one that has ended, which is dated then in whole
   * seconds, and of one that goes on, which is dated as it begins.
   */
  logBegins: { ended: 1 * seconds, running: 5 * seconds },
  /**
   * One that begins later is of another run of the server than the entry, until pages show that one's. Where they don't
   * for so long, the server's clock was set back in between.
   */
  namingHeldFor: 30 * seconds,
  /** A catch-up waits for its answers no longer than this. */
  catchUpWithin: 20 * seconds,
} as const

/** Job streams, which tell an end at once. */
export const streams = {
  /**
   * Jobs beyond this number are followed by the change stream alone: a stream only makes the end known some
   * milliseconds sooner. It takes 18 kB here, and REST calls beside 400 of them were as fast as beside none
   * (docs/bench.md); but it is an open file for this process, of which some systems allow only 256, and a connection
   * for the server.
   */
  most: 100,
  /**
   * Where connections are limited, as by some proxies to ten for each client, streams give way: half of them are closed
   * whenever one is refused, and one more is tried again after this time.
   */
  growAfter: 60 * seconds,
  /** What is refused within this time was so for one reason. */
  refusedTogether: 250,
  /** Where more are open than ever before, it is seen so long after the last of them whether calls have connections left. */
  checkAfter: 1 * seconds,
  /** So many connections must be left: a start takes them at once. */
  spare: 4,
  /** Up to this number nothing is checked: so few leave enough of ten connections. */
  neverChecked: 4,
  /** One that broke without its frame is opened again after this time, and ever more rarely. */
  firstReopen: 2 * seconds,
  /** The longest pause before it is. */
  lastReopen: 60 * seconds,
} as const

/** How many reads are under way at once: enough to be quick, too few to trouble a server. */
export const lanes = {
  /** Of one job or one workflow. */
  jobs: 6,
  /** Searches of the history read many logs: they must not take the places of the others. */
  history: 2,
  /** Logs of ended jobs, for how long they took and why they failed. */
  logs: 4,
} as const

/** How much is kept in one job's record. */
export const kept = {
  /** Observations. */
  evidence: 40,
  /** The first ones, which say how it began, are never dropped. */
  firstEvidence: 10,
  /** Once a start has its run, of the jobs that ran before it so many are enough: whether any of them still runs. */
  elders: 20,
} as const

/** How the history is read. */
export const history = {
  /** Characters: what is shorter would find nearly every workflow. */
  shortestText: 2,
  pageRows: 100,
  /** Before a start so many of the newest rows are read for the greatest id. */
  markRows: 20,
  /** A server's clock goes back by an hour, where summer time ends: for so long what was seen before is newer. */
  clockBack: 2 * hours,
  /** Rows that lie deeper are not read: 4,000 jobs ended since the start. */
  mostPages: 40,
  /** So many pages below the marks are read as well: after the server's clock went back, new rows stand below old ones. */
  pagesBelow: 4,
  /** Logs are read so many at a time. */
  logsAtOnce: 4,
  /** A stop that met its job's own end was recorded 50 ms after that: in the same second, or in the next one. */
  stopMeetsEnd: 1 * seconds,
  /** Rows whose log was read are remembered, so that no log is read twice. */
  mostRemembered: 5000,
} as const

/** How long a workflow usually takes, where the app has not seen enough of its runs. */
export const usualTime = {
  /** Its history is read for a job that has been there for so long: nobody asks how long a shorter one still takes. */
  readAfter: 10 * seconds,
  /** So many of its newest rows' logs, which tell how long each took: enough for a middle one. */
  mostLogs: 5,
} as const

/** The computer's clock. */
export const clock = {
  /** What sets it back by less needs no attention. */
  leastSetBack: 1 * seconds,
} as const
