import type { SimAnswer, SimRequest } from '../../wexflow-sim/requests.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { steadyNow } from '../clock.ts'

/** The one message of a job's stream, when it was handed to the socket. */
interface SentFrame {
  readonly jobId: string
  readonly name: string
  /** Milliseconds of the steady clock. */
  readonly at: number
}

const nameIn = (message: string): string => /"name":"(?<name>[^"]*)"/.exec(message)?.groups?.['name'] ?? ''

/** A simulated server that writes down when it sent each job's frame. */
export class TimedSim extends WexflowSim {
  readonly frames: SentFrame[] = []

  override handle(request: SimRequest): SimAnswer {
    const answer = super.handle(request)
    if (answer.kind !== 'jobStream') return answer
    const jobId = request.path.split('/').at(-1) ?? ''
    return {
      kind: 'jobStream',
      open: (sink) =>
        answer.open({
          ...sink,
          write: (bytes) => {
            const at = steadyNow()
            sink.write(bytes)
            this.frames.push({ jobId, name: nameIn(Buffer.from(bytes).toString()), at })
          },
        }),
    }
  }
}
