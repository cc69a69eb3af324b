import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import { openStoredRun } from './openStoredRun.ts'
import { requireWorkspace, runIdOf } from './refs.ts'
import { formerName } from './renamedLogs.ts'
import { decodedSlice } from './decodedSlice.ts'
import { countNewlines } from './newlines.ts'
import { sliceOf } from './sliceText.ts'

/** What an attempt wrote, in slices. An attempt that wrote nothing has an empty log. */
export async function readLog(
  context: ServiceContext,
  input: HandlerInput<'run.log'>,
  options: { readonly signal: CancelSignal },
): Promise<CallOutput<'run.log'>> {
  const run = runIdOf(context, input.ref)
  const path = await logPath(context, run, input)
  if (path === null)
    throw new AppError(
      'not-found',
      `There is no log of attempt ${input.attempt} of step ${input.step} in run ${run}.`,
      { run, step: input.step, attempt: input.attempt },
    )
  const slice = sliceOf(await context.store.readSlice(path, input), input.offset)
  return { ...slice, ...(await numberOf(context, path, { ...input, ...options })) }
}

/** Null: there is none, not under a name either that the step had before. */
async function logPath(
  context: ServiceContext,
  run: RunId,
  { ref, step, attempt }: HandlerInput<'run.log'>,
): Promise<string | null> {
  const { layout } = context.store
  const path = layout.log(run, step, attempt)
  if (await isThere(context, path)) return path
  // [M27] The run is read only for a step that has no log of its own.
  const opened = await openStoredRun(context, ref)
  const before = opened.run === null ? null : formerName(opened.run, step)
  if (before === null) return null
  const former = layout.log(run, before, attempt)
  return (await isThere(context, former)) ? former : null
}

async function isThere({ store }: ServiceContext, path: string): Promise<boolean> {
  try {
    await store.readSlice(path, { offset: 0, limitBytes: 1 })
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return false
    throw error
  }
}

/** The bytes of a file as they are, as text. */
export async function readRaw(
  context: ServiceContext,
  input: HandlerInput<'run.raw'>,
  options: { readonly signal: CancelSignal },
): Promise<CallOutput<'run.raw'>> {
  const path = rawPath(context, input)
  const decoded = input.decoded === true ? await decodedSlice(context, path, input) : null
  if (decoded !== null) return decoded
  const read = await context.store.readSlice(path, input)
  if (input.encoding === 'text') {
    const slice = sliceOf(read, input.offset)
    return { ...slice, ...(await numberOf(context, path, { ...input, ...options })) }
  }
  const end = input.offset + read.bytes.byteLength
  return {
    text: Buffer.from(read.bytes).toString('hex'),
    offset: input.offset,
    nextOffset: end >= read.sizeBytes ? null : end,
    sizeBytes: read.sizeBytes,
  }
}

type Numbering = {
  readonly offset: number
  readonly numbered?: boolean | undefined
  readonly signal: CancelSignal
}

/** The number of the line in which the slice begins, where that is asked for. */
async function numberOf(
  { store }: Pick<ServiceContext, 'store'>,
  path: string,
  { offset: before, numbered, signal }: Numbering,
): Promise<{ readonly firstLine?: number }> {
  if (numbered !== true) return {}
  let firstLine = 1
  for (let offset = 0; offset < before; offset += blockBytes) {
    throwIfCancelled(signal, 'Counting lines')
    const limitBytes = Math.min(blockBytes, before - offset)
    firstLine += countNewlines((await store.readSlice(path, { offset, limitBytes })).bytes)
  }
  return { firstLine }
}

const blockBytes = 1024 * 1024

function rawPath(context: ServiceContext, input: HandlerInput<'run.raw'>): string {
  requireWorkspace(context, input.ref)
  if (input.ref.format !== 'unstuck') return input.ref.document
  const run = runIdOf(context, input.ref)
  return input.file === 'journal'
    ? context.store.layout.journal(run)
    : context.store.layout.head(run)
}
