import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { invariant } from '../../shared/assert.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun } from './openStoredRun.ts'
import { requireApproved } from './planned.ts'
import { makeResumePlan, type PlannedResume } from './planResumeOf.ts'
import { nativeRef, runIdOf } from './refs.ts'
import { forkOf } from './startResumeFork.ts'
import { decisionRecords, resumedRecord } from './startResumeRecords.ts'
import { requireExecution } from './startRunGuards.ts'
import { startRunInputs } from './startRunInputs.ts'
import { launchRun } from './startRunRecords.ts'

type ResumeInput = HandlerInput<'resume.apply'>

/** Plans again, refuses what is not what was approved, and goes on: in the same run, or in a fork of it. */
export async function startResume(
  context: ServiceContext,
  input: ResumeInput,
): Promise<CallOutput<'resume.apply'>> {
  await requireExecution(context)
  const id = runIdOf(context, input.ref)
  const made = await makeResumePlan(context, input)
  requireApproved(made.shown, input, `Run ${id}`)
  requireReady(made, id)
  const isFork = made.shown.plan.mode === 'fork'

  const resumed = await logged(context, { call: 'resume.apply', item: id }, () =>
    isFork ? startFork(context, input, made) : goOn(context, input, made),
  )
  context.emit('runs.changed', { runs: [id, resumed.run] })
  const { stored } = await readStoredRun(context, resumed.run)
  const lastSeq = stored.journal?.records.at(-1)?.record.seq ?? 0
  return { ref: nativeRef(context, resumed.run), observed: lastSeq >= resumed.seq }
}

type Resumed = { readonly run: RunId; readonly seq: number }

function requireReady({ shown, opened }: PlannedResume, id: RunId): void {
  const { plan } = shown
  const { holder, holderState } = opened
  if (plan.mode === 'same' && holder !== null && holderState !== 'gone')
    throw new AppError(
      'locked',
      `Run ${id} is held by process ${holder.pid} on ${holder.hostName} (${holder.purpose}). Wait for it, pause it, or make a fork.`,
      { run: id, holder },
    )
  if (plan.ready) return
  throw new AppError('invalid-input', `Run ${id} is not resumed: ${plan.problems.join(' ')}`, {
    run: id,
    problems: plan.problems,
  })
}

async function goOn(
  context: ServiceContext,
  input: ResumeInput,
  made: PlannedResume,
): Promise<Resumed> {
  const { latest, shown } = made
  const { controlSocket } = context
  const writer = await context.store.open(latest.id, { purpose: 'run', controlSocket })
  try {
    // Between the plan and the lock another process may have gone on with it.
    const { stored } = await readStoredRun(context, latest.id)
    requireApproved({ ...shown, rev: stored.rev }, input, `Run ${latest.id}`)

    const records = await writer.append(
      [
        ...decisionRecords(shown.plan, latest, context.user),
        resumedRecord(input, made, {
          by: context.user,
          inputs: inputsOf(input, made),
        }),
      ],
      { durable: true },
    )
    const run = replay(
      records.map((record) => ({ kind: 'known', record })),
      { from: latest },
    )
    invariant(run !== null, `Run ${latest.id} has no state after it was resumed.`)
    context.executor.carry(run, writer, { stopAfter: input.stopAfter })
    return { run: run.id, seq: run.journal.seq }
  } catch (error) {
    await writer.release()
    throw error
  }
}

async function startFork(
  context: ServiceContext,
  input: ResumeInput,
  made: PlannedResume,
): Promise<Resumed> {
  const run = forkOf(context, input, { ...made, inputs: inputsOf(input, made) })
  const decisions = decisionRecords(made.shown.plan, run, context.user)
  await launchRun(context, run, { decisions, stopAfter: input.stopAfter })
  return { run: run.id, seq: decisions.length + 3 }
}

/** The run's inputs as they will be. Names are checked only where inputs are given anew. */
function inputsOf(input: ResumeInput, { base, current }: PlannedResume): typeof base.inputs {
  if (input.inputs === null) return base.inputs
  const definition = input.definition === 'current' ? current?.definition : base.workflow.definition
  return definition === undefined || definition === null
    ? input.inputs
    : { ...startRunInputs(definition, input.inputs) }
}
