import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { requireWorkspace, runIdOf } from './refs.ts'
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
    if (input.numbered !== true) return slice
    return { ...slice, firstLine: 1 + (await countLines(context, path, input.offset, options)) }
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
): Promise<CallOutput<'run.raw'>> {
  const read = await context.store.readSlice(rawPath(context, input), input)
  if (input.encoding === 'text') return sliceOf(read, input.offset)
  const end = input.offset + read.bytes.byteLength
  return {
    text: Buffer.from(read.bytes).toString('hex'),
    offset: input.offset,
    nextOffset: end >= read.sizeBytes ? null : end,
    sizeBytes: read.sizeBytes,
  }
}

/** Newlines before a byte. */
async function countLines(
  { store }: Pick<ServiceContext, 'store'>,
  path: string,
  before: number,
  { signal }: { readonly signal: CancelSignal },
): Promise<number> {
  let lines = 0
  for (let offset = 0; offset < before; offset += blockBytes) {
    throwIfCancelled(signal, 'Reading the log')
    const limitBytes = Math.min(blockBytes, before - offset)
    lines += countNewlines((await store.readSlice(path, { offset, limitBytes })).bytes)
  }
  return lines
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
