import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { invariant } from '../../shared/assert.ts'
import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { BatchMark } from '../../shared/schema/journal.ts'
import { ownValue } from '../../shared/schema/json.ts'
import { logged } from './logged.ts'
import { readStoredRun } from './openStoredRun.ts'
import { requireApproved } from './planned.ts'
import { makeResumePlan, type PlannedResume, type ResumeContext } from './planResumeOf.ts'
import { nativeRef, runIdOf } from './refs.ts'
import { childInput } from './planResumeOfChildren.ts'
import { forkThread } from './forkThread.ts'
import { forkedWorkflow, forkOf } from './startResumeFork.ts'
import { recordsOf } from './startResumeRecords.ts'
import { requireExecution } from './startRunGuards.ts'
import { launchRun, newRunId } from './startRunRecords.ts'

type ResumeInput = HandlerInput<'resume.apply'>

/** Plans again, refuses what is not what was approved, and goes on: in the same run, or in a fork of it. */
export async function startResume(
  context: ResumeContext,
  input: ResumeInput,
  { batch, reason = null }: { readonly batch?: BatchMark; readonly reason?: string | null } = {},
): Promise<CallOutput<'resume.apply'>> {
  await requireExecution(context)
  const id = runIdOf(context, input.ref)
  const made = await makeResumePlan(context, input)
  requireApproved(made.shown, input, `Run ${id}`)
  requireReady(made, id)
  const isFork = made.plan.mode === 'fork'

  await context.keepSettings?.()
  const resumed = await logged(
    context,
    { call: 'resume.apply', item: id, reason },
    () => (isFork ? startFork(context, input, made) : goOn(context, input, { made, batch })),
    ({ run }) => (isFork ? { made: run } : {}),
  )
  context.emit('runs.changed', { runs: [id, resumed.run] })
  const { stored } = await readStoredRun(context, resumed.run)
  const lastSeq = stored.journal?.records.at(-1)?.record.seq ?? 0
  return { ref: nativeRef(context, resumed.run), observed: lastSeq >= resumed.seq }
}

type Resumed = { readonly run: RunId; readonly seq: number }

function requireReady({ plan, opened }: PlannedResume, id: RunId): void {
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
  context: ResumeContext,
  input: ResumeInput,
  { made, batch }: { readonly made: PlannedResume; readonly batch: BatchMark | undefined },
): Promise<Resumed> {
  const { latest, shown } = made
  const { controlSocket } = context
  const writer = await context.store.open(latest.id, { purpose: 'run', controlSocket })
  try {
    // Between the plan and the lock another process may have gone on with it.
    const { stored } = await readStoredRun(context, latest.id)
    requireApproved({ ...shown, rev: stored.rev }, input, `Run ${latest.id}`)

    await resumeChildren(context, made)
    const bodies = recordsOf(input, made, { by: context.user, batch })
    const records = await writer.append(bodies, { durable: true })
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

/** [S49] Before the run that waits for them says that it goes on: one that does not leaves that as it is. */
async function resumeChildren(
  context: ResumeContext,
  { plan, children }: PlannedResume,
): Promise<void> {
  for (const { step, was, rule, action } of plan.steps) {
    const child = rule === 'S49' && action === 'run' ? ownValue(children, was ?? step) : undefined
    const id = RunId.safeParse(child?.run)
    const isOver = child?.status === 'completed' || (id.success && isCarried(context, id.data))
    if (!id.success || isOver) continue
    const planned = childInput(context, id.data)
    const { rev, digest, asOf } = (await makeResumePlan(context, planned)).shown
    await startResume(context, { ...planned, rev, digest, asOf })
  }
}

function isCarried({ executor }: ResumeContext, run: RunId): boolean {
  return executor.find(run) !== null
}

async function startFork(
  context: ResumeContext,
  input: ResumeInput,
  made: PlannedResume,
): Promise<Resumed> {
  if (made.base.kind === 'thread') return forkThread(context, made)
  const at = context.now()
  const id = newRunId(context, forkedWorkflow(input, made).name, at)
  const fork = forkOf(context, input, { made, id, at })
  invariant(fork !== null, `The plan of run ${made.base.id} was ready without a definition.`)
  const { run, decisions } = fork
  await launchRun(context, run, { decisions, stopAfter: input.stopAfter })
  return { run: run.id, seq: decisions.length + 3 }
}
