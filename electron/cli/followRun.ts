import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { exitOfRun, exits } from './exitCodes.ts'
import { createLiveLines } from './liveLines.ts'
import { paintStatus } from './text/paint.ts'
import { printable } from './text/printable.ts'

type Context = Pick<
  CommandContext<OptionTable>,
  'client' | 'say' | 'write' | 'paint' | 'isTty' | 'json' | 'takeInterrupts'
>

/**
 * Waits until the run rests, with a line a record, and on a terminal one that moves for each step that runs. The first Ctrl-C
 * pauses the run, the second cancels it, and its rest is still waited for; the third one stops waiting.
 */
export async function followRun(context: Context, ref: Ref): Promise<CallOutput<'run.wait'>> {
  const client = await context.client()
  const leaving = new AbortController()
  const asked = createRequests(client, ref)
  const lines = createLiveLines(context)
  const giveBack = context.takeInterrupts(() => {
    const said = asked.next()
    if (said === null) leaving.abort()
    else lines.say(said)
  })
  try {
    const rested = await client.call(
      'run.wait',
      { ref },
      {
        signal: leaving.signal,
        onProgress: ({ sentence, step, type }) => {
          lines.follow(step, type ?? '')
          lines.say(printable(sentence))
        },
      },
    )
    await asked.settled(rested.status)
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
    lines.close()
    giveBack()
  }
}

type Requests = {
  /** Asks for the next thing and says what that is; null when all was asked for. */
  next(): string | null
  /** Throws what was refused, unless the run came to what was asked for, or ended by itself. */
  settled(status: string): Promise<void>
}

function createRequests(client: Client, ref: Ref): Requests {
  const asked: Promise<unknown>[] = []
  const refusals: unknown[] = []
  const ask = (request: Promise<unknown>) =>
    asked.push(request.catch((error: unknown) => void refusals.push(error)))
  return {
    next() {
      if (asked.length >= 2) return null
      if (asked.length === 1) {
        ask(client.call('run.cancel', { ref, reason: 'cancelled from the command line' }))
        return 'Cancelling. Press Ctrl-C again to stop waiting for it.'
      }
      ask(client.call('run.pause', { ref }))
      return 'Pausing: what runs may end, nothing else begins. Press Ctrl-C again to cancel the run.'
    },
    async settled(status) {
      await Promise.all(asked)
      const isAsFar = status === 'cancelled' || (status === 'paused' && asked.length === 1)
      if (refusals.length > 0 && !isAsFar && status !== 'completed') throw refusals.at(-1)
    },
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
