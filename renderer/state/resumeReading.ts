import { AppError } from '../../shared/errors.ts'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'

/** The last lines of a step's log. */
export type LogTail =
  | { readonly kind: 'ready'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'none' }

const tailBytes = 4096

export async function readLogTail(client: Client, ref: Ref, step: string): Promise<LogTail> {
  const attempt = await lastAttempt(client, ref, step)
  if (attempt === null) return { kind: 'none' }
  const read = (offset: number, limitBytes: number) =>
    client.call('run.log', { ref, step, attempt, offset, limitBytes })
  const { sizeBytes } = await read(0, 1)
  if (sizeBytes === 0) return { kind: 'none' }
  const offset = Math.max(0, sizeBytes - tailBytes)
  const { text } = await read(offset, tailBytes)
  return { kind: 'ready', text, isCut: offset > 0 }
}

/** Number of a step's last attempt; null when it has none. */
async function lastAttempt(client: Client, ref: Ref, step: string): Promise<number | null> {
  for (let offset = 0; ;) {
    const page = await client.call('run.steps', { ref, offset, limit: 500 })
    const found = page.steps.find((view) => view.id === step)
    if (found !== undefined) return found.attempts.at(-1)?.number ?? null
    offset += page.steps.length
    if (page.steps.length === 0 || offset >= page.total) return null
  }
}

/** Values longer than a slice are refused: a text that was cut cannot be edited. */
export async function readWholeValues(
  client: Client,
  {
    ref,
    checkpoint,
    of,
  }: {
    readonly ref: Ref
    readonly checkpoint: string | null
    readonly of: 'inputs' | 'variables'
  },
): Promise<string> {
  const slice = await client.call('state.value', {
    ref,
    checkpoint,
    pointer: `/${of}`,
    limitBytes: 262_144,
  })
  if (slice.nextOffset === null) return slice.text
  throw new AppError(
    'invalid-input',
    `The ${of} take ${slice.sizeBytes} bytes, too many to edit here. Use unstuck resume --${of === 'inputs' ? 'input' : 'variable'}.`,
  )
}
