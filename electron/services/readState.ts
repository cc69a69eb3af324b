import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { readRunAt } from '../../shared/core/reading/readRunAt.ts'
import { childrenOf, describeNode, resolvePointer } from '../../shared/core/tree/jsonTree.ts'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import { runAsJson, type Checkpoint, type Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { openForPaging } from './openRun.ts'
import { readStoredRun, requireRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'
import { sliceText } from './sliceText.ts'

export async function readState(
  context: ServiceContext,
  input: HandlerInput<'state.read'>,
): Promise<CallOutput<'state.read'>> {
  const value = await readValue(context, input)
  const node = describeNode(value, input.pointer)
  const isContainer = node.type === 'object' || node.type === 'array'
  return {
    node,
    children: [...childrenOf(value, input.pointer, input)],
    total: isContainer ? node.size : 0,
  }
}

export async function readStateValue(
  context: ServiceContext,
  input: HandlerInput<'state.value'>,
): Promise<CallOutput<'state.value'>> {
  const value = await readValue(context, input)
  return sliceText(JSON.stringify(value, null, 2), input)
}

/** A run as it is now (`checkpoint` null), or as it was at a checkpoint. */
export async function readRunState(
  context: ServiceContext,
  at: { readonly ref: Ref; readonly checkpoint: string | null },
): Promise<Run> {
  if (at.checkpoint === null) return (await openForPaging(context, at.ref)).run
  const opened = await readStoredRun(context, runIdOf(context, at.ref))
  const run = requireRun(opened)
  const checkpoint = checkpointOf(run, at.checkpoint)
  const { journal } = opened.stored
  const state = journal === null ? null : readRunAt(journal, checkpoint.seq)
  if (state !== null) return state
  throw new AppError(
    'corrupt',
    `Checkpoint ${checkpoint.id} of run ${run.id} cannot be opened: the journal records that made it are not there.`,
    { run: run.id, checkpoint: checkpoint.id, seq: checkpoint.seq },
  )
}

export function checkpointOf(run: Run, id: string): Checkpoint {
  const checkpoint = run.checkpoints.find((one) => one.id === id)
  if (checkpoint !== undefined) return checkpoint
  throw new AppError('not-found', `Run ${run.id} has no checkpoint "${id}".`, {
    run: run.id,
    checkpoints: run.checkpoints.slice(-20).map((one) => one.id),
  })
}

async function readValue(
  context: ServiceContext,
  input: { readonly ref: Ref; readonly checkpoint: string | null; readonly pointer: string },
): Promise<Json> {
  const run = await readRunState(context, input)
  const value = resolvePointer(runAsJson(run), input.pointer)
  if (value !== undefined) return value
  throw new AppError('not-found', `Run ${run.id} has nothing at "${input.pointer}".`, {
    run: run.id,
    pointer: input.pointer,
  })
}
