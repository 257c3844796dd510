import { type Job, wireIdOf } from '../../src/main/tracking/job.ts'
import {
  begin,
  beginnable,
  end,
  isBusy,
  type ModelRun,
  serve,
  stop,
  type Stopping,
  take,
  type Taking,
  writeStop,
} from './server-model.ts'
import { type FaultKind, type StartKey, starts, type World } from './world.ts'

/** What can happen next in a state. */

/** One thing that can happen. Its name stands for it in a trace. */
export interface Event {
  readonly name: string
  /** What goes wrong with it. */
  readonly faults: readonly FaultKind[]
  readonly run: () => Promise<void> | void
}

const minute = 60_000
/** So often a long time passes in one order of events. */
const mostWaits = 2

/** Everything that can happen now. */
export function eventsOf(world: World): Event[] {
  const events = [...ofServer(world), ...ofSurroundings(world)]
  return [...events, ...overtaken(world, events), ...ofTime(world)]
}

/** What the server does, and what is on its way from it and to it. */
const ofServer = (world: World): Event[] => [
  ...starts.flatMap((key) => ofStart(world, key)),
  ...world.server.runs.flatMap((run, index) => ofRun(world, run, index + 1)),
  ...ofFrames(world),
]

/** What the server and the way to it do next where nothing goes wrong; null where nothing is left to come. */
export function nextGood(world: World): Event | null {
  if (world.isDeaf) return connectedAnew(world, false)
  return ofServer(world).find(({ name, faults }) => faults.length === 0 && isProgress(name)) ?? null
}

/** What a server does that works, and the network. */
const isProgress = (name: string): boolean =>
  /(?:reaches the server|is answered|has its stop written|begins|ends|arrives|never reaches the server)$/u.test(
    name,
  )

function ofStart(world: World, key: StartKey): Event[] {
  const request = world.server.requests[key]
  switch (request.state) {
    case 'unsent':
      // The second one is sent after the first.
      return key === 'b' && world.server.requests.a.state === 'unsent' ? [] : [sent(world, key)]
    case 'onTheWay':
      return ofRequest(world, key)
    case 'served':
      return [
        {
          name: `${key}: is answered`,
          faults: [],
          run: () => {
            request.state = 'over'
            world.app.answer(key, request.answer)
          },
        },
        lost(world, key),
      ]
    case 'over':
    case 'dropped': {
      const job = world.app.job(key)
      return job === undefined ? [] : ofStop(world, job)
    }
  }
}

const sent = (world: World, key: StartKey): Event => ({
  name: `${key}: is sent`,
  faults: [],
  run: async () => {
    await world.app.send(key, world.server.kind === 'parallel')
    world.server.requests[key].state = 'onTheWay'
  },
})

const lost = (world: World, key: StartKey): Event => ({
  name: `${key}: its answer is lost`,
  faults: ['lost answer'],
  run: () => world.loseAnswer(key),
})

/** What can become of a start that is on its way to the server. */
function ofRequest(world: World, key: StartKey): Event[] {
  const { server } = world
  const request = server.requests[key]
  const isAwaited = world.app.job(key)?.start.answer.kind === 'awaited'
  const served = (what: string, taking: Taking, ...faults: FaultKind[]): Event => ({
    name: `${key}: ${what}`,
    faults,
    run: () => {
      serve(server, key, taking)
      if (!isAwaited) request.state = 'over'
    },
  })
  const events = [served('reaches the server', 'plainly')]
  if (server.kind === 'parallel' || isBusy(server))
    events.push(served('is answered with an id that never exists', 'underAnotherId', 'replaced id'))
  if (server.kind === 'queue' && server.runs.some(({ phase }) => phase === 'running' || phase === 'waiting'))
    events.push(served('reaches the server at the same moment', 'atTheSameMoment', 'same moment'))
  const never: Event = {
    name: `${key}: never reaches the server`,
    faults: [],
    run: () => {
      request.state = 'dropped'
    },
  }
  return [...events, isAwaited ? lost(world, key) : never]
}

function ofStop(world: World, job: Job): Event[] {
  const { server, app } = world
  const run = server.runs.find(({ id }) => id === wireIdOf(job))
  if (job.end !== null || run?.phase !== 'running' || run.isHidden) return []
  const ways: readonly Stopping[] =
    server.queue.length === 0
      ? ['true']
      : ['true', 'hidesNext', 'false', 'stopsNextToo', 'stopsNextInItsName']
  return ways.map((stopping) => ({
    name: `${job.key}: is stopped by the app (${stopping})`,
    faults: ['stop'],
    run: () => {
      app.apply(job.key, { kind: 'stopAsked' })
      const isStopped = stop(server, run, stopping)
      world.sendFrame(run, 'Running')
      app.stopAnswered(job.key, isStopped)
      world.changed()
    },
  }))
}

function ofRun(world: World, run: ModelRun, index: number): Event[] {
  const { server } = world
  const event = (what: string, act: () => void): Event => ({
    name: `run ${index} (${run.owner}) ${what}`,
    faults: [],
    run: () => {
      act()
      world.changed()
    },
  })
  const events: Event[] = []
  if (run.isRecordDue) events.push(event('has its stop written', () => writeStop(server, run)))
  if (beginnable(server).includes(run)) events.push(event('begins', () => begin(server, run)))
  if (run.phase === 'running')
    events.push(
      event('ends', () => {
        end(server, run)
        world.sendFrame(run, run.fate ?? 'Done')
      }),
    )
  return events
}

function ofFrames(world: World): Event[] {
  return world.frames.flatMap((frame): Event[] => {
    const index = world.server.runs.findIndex(({ id }) => id === frame.runId) + 1
    const arrive = (): void => {
      world.dropFrame(frame)
      const job = world.app.streamOf(frame.runId)
      const { status } = frame
      if (job !== undefined) world.app.apply(job.key, { kind: 'frame', frame: { status, rawStatus: status } })
    }
    return [
      { name: `the frame of run ${index} arrives`, faults: [], run: arrive },
      {
        name: `the frame of run ${index} is lost`,
        faults: ['lost frame'],
        run: () => world.dropFrame(frame),
      },
    ]
  })
}

function ofSurroundings(world: World): Event[] {
  // Before the first start nothing can go wrong with it.
  if (world.jobs.length === 0) return []
  const events: Event[] = [
    { name: 'the server restarts', faults: ['restart'], run: () => world.restartServer() },
    { name: 'the app dies and starts again', faults: ['crash'], run: () => world.restartApp() },
    {
      name: 'somebody else starts the workflow',
      faults: ['somebody else'],
      run: () => {
        take(world.server, 'other')
      },
    },
  ]
  return world.isDeaf
    ? [...events, connectedAnew(world, false), connectedAnew(world, true)]
    : [...events, { name: 'the link is lost', faults: ['lost link'], run: () => world.goDeaf() }]
}

const connectedAnew = (world: World, wasAway: boolean): Event => ({
  name: wasAway ? 'the app is connected anew after having been away' : 'the app is connected anew at once',
  faults: [],
  run: () => world.connectAnew(wasAway),
})

/** The same events while an answer to the app is under way, which then tells of the time before. */
function overtaken(world: World, events: readonly Event[]): Event[] {
  const due = world.nextDue()
  if (due?.isRead !== true) return []
  return events
    .filter(({ name }) => !name.endsWith('is sent'))
    .map(({ name, faults, run }) => ({
      name: `${name}, under way: ${due.what}`,
      faults: [...faults, 'overtaken'],
      run: () =>
        world.tick(() => {
          void run()
        }),
    }))
}

function ofTime(world: World): Event[] {
  const next = world.nextDue()
  if (next === null) return []
  const tick: Event = { name: `time passes: ${next.what}`, faults: [], run: () => world.tick() }
  const isWaitable = !world.isDeaf && world.frames.length === 0 && !isHurried(world)
  if (!isWaitable || world.waits >= mostWaits) return [tick]
  const wait = (name: string, ms: number): Event => ({ name, faults: [], run: () => world.wait(ms) })
  const short = wait('a minute passes', minute)
  // A server that starves begins a minute late, and not a quarter of an hour.
  if (beginnable(world.server).length > 0) return world.waits === 0 ? [tick, short] : [tick]
  return [tick, short, wait('a quarter of an hour passes', 15 * minute)]
}

/** Whether something is under way that takes no minutes. */
const isHurried = ({ server }: World): boolean =>
  starts.some((key) => ['onTheWay', 'served'].includes(server.requests[key].state)) ||
  server.runs.some(({ isRecordDue }) => isRecordDue)
