import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { checkpointRecord } from '../executor/executor.ts'
import { changeRun } from './changeRun.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'

/** Makes a named checkpoint of a run, whether it goes on or rests; what is returned was read back. */
export async function makeCheckpoint(
  context: ServiceContext,
  input: HandlerInput<'run.checkpoint'>,
  { signal }: Pick<HandlerOptions<'run.checkpoint'>, 'signal'>,
): Promise<CallOutput<'run.checkpoint'>> {
  throwIfCancelled(signal, 'The checkpoint')
  const run = runIdOf(context, input.ref)
  const { name } = input
  const asked = { run, by: context.user, reason: null }
  const checkpoint = await logged(context, { call: 'run.checkpoint', item: run }, () =>
    changeRun<string>(context, {
      run,
      here: (live) => live.checkpoint(name),
      command: { ...asked, command: 'checkpoint', name },
      taken: (answer) => answer.checkpoint ?? noAnswer(run),
      records: (draft) => {
        const of = { trigger: 'manual', step: null, ahead: 0, done: 0 } as const
        return [{ ...checkpointRecord(draft, of), name }]
      },
      recorded: (after) => after.checkpoints.at(-1)?.id ?? noAnswer(run),
    }),
  )
  context.emit('runs.changed', { runs: [run] })
  const { run: after } = await readStoredRun(context, run)
  const observed = after?.checkpoints.some(({ id }) => id === checkpoint) ?? false
  return { checkpoint, observed }
}

function noAnswer(run: RunId): never {
  const message = `The process that holds run ${run} took the command and names no checkpoint. Look at its checkpoints.`
  throw new AppError('io', message, { run })
}
