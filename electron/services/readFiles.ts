import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { requireWorkspace, runIdOf } from './refs.ts'
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
  const path = context.store.layout.log(run, input.step, input.attempt)
  try {
    const slice = sliceOf(await context.store.readSlice(path, input), input.offset)
    return { ...slice, ...(await numberOf(context, path, { ...input, ...options })) }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found')
      throw new AppError(
        'not-found',
        `There is no log of attempt ${input.attempt} of step ${input.step} in run ${run}.`,
        { run, step: input.step, attempt: input.attempt },
        { cause: error },
      )
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
