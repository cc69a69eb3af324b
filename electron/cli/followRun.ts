import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { exitOfRun, exits } from './exitCodes.ts'
import { paintStatus } from './text/paint.ts'
import { printable } from './text/printable.ts'

type Context = Pick<CommandContext<OptionTable>, 'client' | 'say' | 'paint' | 'takeInterrupts'>

/**
 * Waits until the run rests, with a line a record. The first Ctrl-C cancels the run, and its end is still waited for;
 * the second one stops waiting.
 */
export async function followRun(context: Context, ref: Ref): Promise<CallOutput<'run.wait'>> {
  const client = await context.client()
  const leaving = new AbortController()
  const refusals: unknown[] = []
  const asked: Promise<unknown>[] = []

  const giveBack = context.takeInterrupts(() => {
    if (asked.length > 0) return leaving.abort()
    context.say('Cancelling. Press Ctrl-C again to stop waiting for it.')
    const request = client.call('run.cancel', { ref, reason: 'cancelled from the command line' })
    asked.push(request.catch((error: unknown) => void refusals.push(error)))
  })
  try {
    const rested = await client.call(
      'run.wait',
      { ref },
      { signal: leaving.signal, onProgress: ({ sentence }) => context.say(printable(sentence)) },
    )
    await Promise.all(asked)
    if (refusals.length > 0 && rested.status !== 'cancelled') throw refusals[0]
    return rested
  } catch (error) {
    if (!leaving.signal.aborted) throw error
    throw new AppError(
      'cancelled',
      `Stopped waiting for run ${ref.document}. Look at it with "unstuck show ${ref.document}".`,
      { run: ref.document },
      { cause: error },
    )
  } finally {
    giveBack()
  }
}

/** What a followed run came to. A run that completed although it was to be cancelled has completed. */
export function outcomeOfRun(
  context: Pick<Context, 'paint'>,
  started: { readonly ref: Ref },
  rested: CallOutput<'run.wait'>,
): Outcome {
  const run = started.ref.document
  const word = rested.liveness === 'interrupted' ? 'interrupted' : rested.status
  const error = rested.error === null ? '' : `: ${printable(rested.error)}`
  const exit = exitOfRun(rested.status)
  return {
    output: { ...started, ...rested },
    lines: [`${run} ${paintStatus(context.paint, word)}${error}`, ...hints(run, exit)],
    exit,
  }
}

function hints(run: string, exit: number): readonly string[] {
  if (exit === exits.done || exit === exits.cancelled) return []
  return [`Why: unstuck show ${run}`, `Go on: unstuck resume ${run}`]
}
