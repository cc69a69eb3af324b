import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { requireWorkspace, runIdOf } from './refs.ts'
import { sliceOf } from './sliceText.ts'

/** What an attempt wrote, in slices. An attempt that wrote nothing has an empty log. */
export async function readLog(
  context: ServiceContext,
  input: HandlerInput<'run.log'>,
): Promise<CallOutput<'run.log'>> {
  const run = runIdOf(context, input.ref)
  const path = context.store.layout.log(run, input.step, input.attempt)
  try {
    return sliceOf(await context.store.readSlice(path, input), input.offset)
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
  return sliceOf(await context.store.readSlice(rawPath(context, input), input), input.offset)
}

function rawPath(context: ServiceContext, input: HandlerInput<'run.raw'>): string {
  requireWorkspace(context, input.ref)
  if (input.ref.format !== 'unstuck') return input.ref.document
  const run = runIdOf(context, input.ref)
  return input.file === 'journal'
    ? context.store.layout.journal(run)
    : context.store.layout.head(run)
}
