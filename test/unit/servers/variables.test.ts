import { beforeEach, describe, expect, test } from 'vitest'
import { definitionSchema } from '../../../src/main/wexflow/definition.ts'
import type { Variable } from '../../../src/shared/variables.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { answered, Machine, MainProcess, pass, useFakeClock } from '../main-process.ts'

const greeting = simWorkflow({
  id: 1,
  name: 'Greeting',
  durationMs: 3000,
  enableParallelJobs: false,
  variables: { sender: 'the server' },
  tasks: [{ name: 'Mail', description: 'Greets $who', settings: { subject: 'Hello $who from $sender' } }],
  logLines: ['[Mail] Greets $who from $sender with $secret'],
})

const plain = (name: string, value: string): Variable => ({ name, value, isSecret: false })

test('the names of a definition are those behind a dollar in any of its texts, once each', () => {
  const wire = {
    WorkflowInfo: {
      Id: 1,
      Description: 'costs 5 $ a day, $day',
      LocalVariables: [{ Key: 'who', Value: 'Ann' }],
    },
    Tasks: [{ Settings: [{ Name: 'a', Value: '$who_2/$day', Attributes: [] }] }],
  }
  expect(definitionSchema.parse(wire)).toEqual({
    names: ['day', 'who_2'],
    localVariables: new Map([['who', 'Ann']]),
    isParallel: true,
  })
})

const onGreeting = () => new Machine(new WexflowSim({ workflows: [greeting] }))

/** Starts it, and lets it end where there is time. */
async function start(main: MainProcess, variables: Variable[], waitMs = 5000): Promise<void> {
  await answered(
    main.run({ kind: 'startWorkflow', serverId: main.serverId, workflowId: greeting.id, variables }),
  )
  await pass(waitMs)
}

const logOf = async (main: MainProcess, key: string | undefined): Promise<string> => {
  const log = await answered(main.run({ kind: 'jobLog', key: key ?? '' }))
  return log.ok ? log.text : log.failure.kind
}

const taken = async (main: MainProcess) => {
  const answer = await answered(
    main.run({ kind: 'readVariables', serverId: main.serverId, workflowId: greeting.id }),
  )
  return answer.ok ? answer.variables : answer.failure.kind
}

describe('a start with variables', () => {
  beforeEach(useFakeClock)

  test('runs with them, but the workflow’s own value wins', async () => {
    const main = await MainProcess.signedIn(onGreeting())
    await start(main, [plain('who', 'Zoë'), plain('sender', 'me')])
    const [job] = main.jobStore.list()
    expect(job?.end?.outcome).toBe('done')
    expect(await logOf(main, job?.key)).toContain('Greets Zoë from the server')
  })

  test('says which it takes, what wins, and what was sent last', async () => {
    const main = await MainProcess.signedIn(onGreeting())
    expect(await taken(main)).toEqual([
      { name: 'who', ownValue: null, lastValue: null, wasSecret: false },
      { name: 'sender', ownValue: 'the server', lastValue: null, wasSecret: false },
    ])
    await start(main, [plain('who', 'Ann')])
    await start(main, [plain('who', 'Bob')])
    expect(await taken(main)).toMatchObject([{ name: 'who', lastValue: 'Bob' }, { name: 'sender' }])
  })

  test('says whether a start waits behind a running job', async () => {
    const main = await MainProcess.signedIn(onGreeting())
    const answer = await answered(
      main.run({ kind: 'readVariables', serverId: main.serverId, workflowId: greeting.id }),
    )
    expect(answer).toMatchObject({ ok: true, isOneAtATime: true })
  })

  test('sends a secret value and keeps it nowhere', async () => {
    const machine = onGreeting()
    const main = await MainProcess.signedIn(machine)
    await start(main, [{ name: 'secret', value: 'hunter2', isSecret: true }])
    const [job] = main.jobStore.list()
    expect(await logOf(main, job?.key)).toContain('with hunter2')
    expect(job?.start.variables).toEqual([{ name: 'secret', value: null }])
    await main.quit()
    expect(await machine.jobsDisk.open().read()).toContain('secret')
    expect(await machine.jobsDisk.open().read()).not.toContain('hunter2')
    expect(main.logged.join('\n')).not.toContain('hunter2')
  })

  test('that the server queues is told to have run with those of the job before', async () => {
    const main = await MainProcess.signedIn(onGreeting())
    await start(main, [plain('who', 'Ann')], 500)
    await start(main, [plain('who', 'Bob')], 30_000)
    const [queued] = main.jobStore.list()
    expect(queued?.end?.outcome).toBe('done')
    expect(await logOf(main, queued?.key)).toContain('Greets Ann')
    expect(main.toaster.toasts.map(({ body }) => body.includes('variables of the job before'))).toEqual([
      false,
      true,
    ])
  })
})
