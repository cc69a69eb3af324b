import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { thinnedSeqs } from '../../shared/core/reading/thinnedSeqs.ts'
import { readRunAt } from '../../shared/core/reading/readRunAt.ts'
import {
  childrenOf,
  describeNode,
  placeOf,
  resolvePointer,
} from '../../shared/core/tree/jsonTree.ts'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { JournalReading } from '../../shared/schema/journalReading.ts'
import { runAsJson, type Checkpoint, type Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { openForPaging } from './openRun.ts'
import { readStoredRun, requireRun } from './openStoredRun.ts'
import {
  isShownAsText,
  openDocumentKind,
  pointOf,
  readTextState,
  readTextValue,
} from './readDocumentText.ts'
import { runIdOf } from './refs.ts'
import { sliceText } from './sliceText.ts'
import { withinMessage } from './withinMessage.ts'

export async function readState(
  context: ServiceContext,
  input: HandlerInput<'state.read'>,
): Promise<CallOutput<'state.read'>> {
  if (isShownAsText(input.ref)) return readTextState(context, input)
  const value = await readValue(context, input)
  const node = describeNode(value, input.pointer)
  const isContainer = node.type === 'object' || node.type === 'array'
  const offset = pageOf(value, input)
  const children = childrenOf(value, input.pointer, { offset, limit: input.limit })
  return {
    node,
    children: [...withinMessage(children)],
    total: isContainer ? node.size : 0,
    offset,
  }
}

type PageInput = Pick<HandlerInput<'state.read'>, 'child' | 'offset' | 'limit'>

/** Pages begin at multiples of the limit, so that one that was gone to fits to those around it. */
function pageOf(value: Json, { child, offset, limit }: PageInput): number {
  const place = child === undefined ? -1 : placeOf(value, child)
  return place === -1 ? offset : place - (place % limit)
}

export async function readStateValue(
  context: ServiceContext,
  input: HandlerInput<'state.value'>,
): Promise<CallOutput<'state.value'>> {
  if (isShownAsText(input.ref)) return readTextValue(context, input)
  const value = await readValue(context, input)
  return sliceText(JSON.stringify(value, null, 2), input)
}

/** A run as it is now (`checkpoint` null), or as it was at a checkpoint. */
export async function readRunState(
  context: ServiceContext,
  at: { readonly ref: Ref; readonly checkpoint: string | null },
): Promise<Run> {
  return context.states.recall(context.store, at, () => readStateAt(context, at))
}

async function readStateAt(
  context: ServiceContext,
  at: { readonly ref: Ref; readonly checkpoint: string | null },
): Promise<Run> {
  if (at.checkpoint === null) return (await openForPaging(context, at.ref)).run
  if (isShownAsText(at.ref)) return readRunOfPoint(context, at.ref, at.checkpoint)
  const opened = await readStoredRun(context, runIdOf(context, at.ref))
  const run = requireRun(opened)
  const checkpoint = checkpointOf(run, at.checkpoint)
  const { journal } = opened.stored
  const state = journal === null ? null : readRunAt(journal, checkpoint.seq)
  if (state !== null) return state
  if (journal !== null) refuseThinned(run, checkpoint, journal)
  throw new AppError(
    'corrupt',
    `Checkpoint ${checkpoint.id} of run ${run.id} cannot be opened: the journal records that made it are not there.`,
    { run: run.id, checkpoint: checkpoint.id, seq: checkpoint.seq },
  )
}

/** [X32] One that was thinned away is no damage: its neighbours are named. */
function refuseThinned(run: Run, { id, seq }: Checkpoint, journal: JournalReading): void {
  const thinned = thinnedSeqs(journal)
  if (!thinned(seq)) return
  const openable = run.checkpoints.filter((one) => !thinned(one.seq))
  const near = [
    openable.findLast((one) => one.seq < seq),
    openable.find((one) => one.seq > seq),
  ].flatMap((one) => (one === undefined ? [] : [one.id]))
  const message = `Checkpoint ${id} of run ${run.id} was thinned away. The nearest that open are ${near.join(' and ')}.`
  throw new AppError('not-found', message, { run: run.id, checkpoint: id, nearest: near })
}

/** The run that a copy or a backup of another engine's state tells of. */
async function readRunOfPoint(context: ServiceContext, ref: Ref, id: string): Promise<Run> {
  const { foreign } = await openDocumentKind(context, ref)
  const { document, item } = pointOf(foreign?.reading.points ?? [], ref, id)
  return (await openForPaging(context, { ...ref, document, item })).run
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
