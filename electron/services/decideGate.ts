import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import { decisionRecord, gateCheckpoint } from '../executor/executor.ts'
import { changeRun } from './changeRun.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'

/** Decides at a gate. Wrong values are refused before anything is recorded; what is returned was read back. */
export async function decideGate(
  context: ServiceContext,
  input: HandlerInput<'run.decide'>,
  { signal }: Pick<HandlerOptions<'run.decide'>, 'signal'>,
): Promise<CallOutput<'run.decide'>> {
  throwIfCancelled(signal, 'Deciding')
  const run = runIdOf(context, input.ref)
  const { step, decision, values, reason } = input
  const said = { step, decision, values, by: context.user, reason }
  await logged(context, { call: 'run.decide', item: run, reason }, () =>
    changeRun<void>(context, {
      run,
      here: (live) => live.decide(said),
      command: { run, command: 'decide', ...said },
      taken: () => undefined,
      records: (draft) => {
        const policy = context.settings.value.checkpoint
        const at = { state: draft.step(step), now: context.now() }
        const decided = decisionRecord(run, at, said)
        return [decided, ...gateCheckpoint(policy, draft, { step, isDecided: true })]
      },
      recorded: () => undefined,
    }),
  )
  context.emit('runs.changed', { runs: [run] })
  const after = (await readStoredRun(context, run)).run
  const status = after?.steps[step]?.status
  return {
    status: after?.status ?? 'unknown',
    observed: status !== undefined && status !== 'waiting',
  }
}
