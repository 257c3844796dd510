import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { Followed, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const short = simWorkflow({ id: 7, name: 'Import orders', durationMs: 2000 })

describe('a workflow that was renamed after it was listed', () => {
  it('is told how its job ended', async () => {
    const app = await Followed.begin({ workflows: [short] })
    app.sim.renameWorkflow(short.id, 'Orders, new')
    const job = await app.start(short)
    await app.advance(5000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it.each(['before', 'after'] as const)(
    'is told how its job ended that is found in the history only, renamed %s its start',
    async (when) => {
      const app = await Followed.begin({ workflows: [short] })
      if (when === 'before') app.sim.renameWorkflow(short.id, 'Another thing')
      const job = await app.start(short)
      await app.advance(500)
      if (when === 'after') app.sim.renameWorkflow(short.id, 'Another thing')
      await app.killWithServer()
      expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
    },
  )

  it('is told how its job ended where the answer of its start was lost', async () => {
    const app = await Followed.begin({ workflows: [short] })
    app.sim.renameWorkflow(short.id, 'Another thing')
    app.sim.faults.set({ startAnswerLost: { next: 1 } })
    const job = await app.start(short)
    await app.advance(30_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })
})

describe('a workflow of which two versions are stored', () => {
  const two = { ...short, laterVersionNames: ['Import orders (new)'] }

  it('is listed once, by the name of the version that runs', async () => {
    const app = await Followed.begin({ workflows: [two] })
    expect(app.workflows.at(-1)?.map(({ id, name }) => [id, name])).toEqual([[7, 'Import orders']])
  })

  it('is told how its job ended, by whichever name it was started, also from the history alone', async () => {
    for (const name of ['Import orders', 'Import orders (new)']) {
      const app = await Followed.begin({ workflows: [two] })
      const job = await app.start({ ...two, name })
      await app.advance(500)
      await app.killWithServer()
      expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
    }
  })
})
