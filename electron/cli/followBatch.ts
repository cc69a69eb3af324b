// Waits until a batch rests, with a line whenever it is further.
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallOutput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { describeBatch, progressOfBatch } from './describe/batch.ts'
import { exits } from './exitCodes.ts'

type Context = Pick<CommandContext<OptionTable>, 'client' | 'say' | 'signal' | 'paint'>
type Shown = CallOutput<'resume.batch.get'>

export async function followBatch(context: Context, batch: string): Promise<Outcome> {
  const client = await context.client()
  let said = ''
  for (;;) {
    const shown = await client.call('resume.batch.get', { batch, limit: 100 })
    const line = progressOfBatch(shown.batch)
    if (line !== said) context.say(line)
    said = line
    const { problem } = shown.batch
    if (problem !== null)
      throw new AppError('io', `Batch ${batch} does not go on here: ${problem}`, { batch })
    if (isAtRest(shown.batch)) return outcomeOfBatch(context, shown)
    await sleep(lookMs, null, { signal: context.signal }).catch((cause: unknown) => {
      const message = `Stopped waiting for batch ${batch}. It goes on with the next host of this workspace, or now: unstuck batch continue ${batch}`
      throw new AppError('cancelled', message, { batch }, { cause })
    })
  }
}

export function outcomeOfBatch({ paint }: Pick<Context, 'paint'>, shown: Shown): Outcome {
  return { output: shown, lines: describeBatch(shown, paint), exit: exitOf(shown.batch) }
}

function isAtRest({ phase, counts }: Shown['batch']): boolean {
  return resting.has(phase) && (counts['underWay'] ?? 0) === 0
}

const resting: ReadonlySet<Shown['batch']['phase']> = new Set([
  'waiting',
  'paused',
  'cancelled',
  'done',
])

function exitOf({ phase, counts }: Shown['batch']): number {
  if (phase === 'cancelled') return exits.cancelled
  const failed = ['failed', 'refused', 'inDoubt'] as const
  if (failed.some((outcome) => (counts[outcome] ?? 0) > 0)) return exits.failedRows
  return phase === 'done' ? exits.done : exits.runWaits
}

const lookMs = 300
