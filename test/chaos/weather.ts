import { type StrangerKind, strangerKinds } from './strangers.ts'
import { busyServer, type FaultSettings } from '../wexflow-sim/faults.ts'

/** Faults of a server and its streams, and of the way to it, that come together, for a while. */
export const weatherKinds = [
  'frames',
  'streams',
  'calls',
  'starts',
  'slowStarts',
  'lateEntries',
  'races',
  'stops',
  'unstorable',
  'pages',
  'noStreams',
  'shapes',
  'tokens',
  'slowNetwork',
  'busyServer',
  'frozen',
  'limitedConnections',
  ...strangerKinds,
] as const
export type WeatherKind = (typeof weatherKinds)[number]

export const isStrangersWeather = (kind: string): kind is StrangerKind =>
  strangerKinds.some((one) => one === kind)
/** Who answers in the server's place; of several the first. */
export const strangerOf = (kinds: readonly WeatherKind[]): StrangerKind | null =>
  kinds.find(isStrangersWeather) ?? null

/** Weather in which the server is away, whatever answers. */
export const awayWeather = ['frozen', ...strangerKinds] as const satisfies readonly WeatherKind[]
export const isAwayWeather = (kind: string): boolean => awayWeather.some((one) => one === kind)

/** What each kind sets on the simulated server. */
export const weatherFaults: Readonly<Record<WeatherKind, Partial<FaultSettings>>> = {
  frames: {
    frameDropped: 0.3,
    frameDelayedMs: { upToMs: 4000, chance: 0.3 },
    frameDuplicated: 0.3,
    frameSplit: 0.5,
    frameSaysRunning: 0.6,
    changeBeforeRecordMs: { upToMs: 60, chance: 0.5 },
  },
  streams: {
    streamReset: 0.05,
    streamHalfOpen: 0.04,
    streamsBuffered: 0.2,
    streamsCutAfterMs: { upToMs: 60_000, chance: 0.5 },
  },
  calls: { restStatus500: 0.2, entrySaysFalse: 0.1, historyLogEmpty: 0.1 },
  starts: { startAnswerLost: 0.4, startNotReceived: 0.2 },
  slowStarts: { slowStartMs: { upToMs: 60_000, chance: 0.4 } },
  lateEntries: { lateEntryMs: { upToMs: 30_000, chance: 0.4 }, startWaitsForOther: 0.3 },
  // Starts of one workflow at the same moment, where a healthy server is.
  races: { startWaitsForOther: 0.7, startIdReplaced: 0.05, stopDeadensWorkflow: 0.5 },
  stops: {
    entryStuckRunning: 0.3,
    stopSaysFalse: 0.3,
    stopHitsNext: 0.2,
    stopCascades: 0.2,
    hiddenSaysStopped: 0.3,
    frameSaysRunning: 0.7,
    stopMeetsEnd: 0.15,
    queueStandsStill: 0.5,
    standstillIsDead: 0.4,
    cascadeGoesOn: 0.5,
    cascadeShiftsRecords: 0.3,
  },
  unstorable: { endNotStored: 0.1 },
  pages: { pagesRefused: 1 },
  noStreams: { noSse: 1 },
  shapes: { unknownStatusNumber: 0.1, extraFields: 1, duplicateWorkflowIds: 1 },
  tokens: { tokenLifetimeMs: 15_000 },
  slowNetwork: {},
  busyServer,
  frozen: {},
  limitedConnections: {},
  portal: {},
  redirect: {},
  tooManyRequests: {},
  badGateway: {},
  unavailable: {},
}
