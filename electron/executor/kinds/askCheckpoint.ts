import { RunId } from '../../../shared/schema/ids.ts'
import { sendControl } from '../sendControl.ts'
import { StepFailure } from './stepFailure.ts'

/** Asks the process that carries the run for a checkpoint. */
export async function askCheckpoint(asked: {
  /** Of its control socket; empty: it has none. */
  readonly address: string
  readonly run: string
  readonly step: string
  readonly name: string
}): Promise<void> {
  const { address, run, step, name } = asked
  if (address === '')
    throw new StepFailure(
      'Checkpoint',
      'No checkpoint can be made from here: nothing takes orders for this run.',
    )
  await sendControl(address, {
    run: RunId.parse(run),
    command: 'checkpoint',
    name,
    by: `step ${step}`,
    reason: null,
  })
}
