import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import { changeRun } from './changeRun.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'

/** Makes the attempt that a step waits for now, where a process carries the run; a resume makes it anyway. */
export async function retryNow(
  context: ServiceContext,
  input: HandlerInput<'run.retry'>,
  { signal }: Pick<HandlerOptions<'run.retry'>, 'signal'>,
): Promise<CallOutput<'run.retry'>> {
  throwIfCancelled(signal, 'The retry')
  const run = runIdOf(context, input.ref)
  const { step } = input
  const asked = { run, by: context.user, reason: null }
  await logged(context, { call: 'run.retry', item: run }, () =>
    changeRun<void>(context, {
      run,
      here: (live) => live.retry(step),
      command: { ...asked, command: 'retry', step },
      taken: () => undefined,
      records: () => {
        const message = `Nobody carries run ${run}: resume it, and what waits for an attempt is tried at once.`
        throw new AppError('invalid-input', message, { run, step })
      },
      recorded: () => undefined,
    }),
  )
  context.emit('runs.changed', { runs: [run] })
  const after = (await readStoredRun(context, run)).run
  const on = after?.steps[step]?.waitingOn
  const isDue = on?.kind !== 'retry' || on.until <= context.now()
  return { status: after?.status ?? 'unknown', observed: after !== null && isDue }
}
