import type { ChangeRow, CompareSide } from '../../../shared/contract/compare.ts'
import type { CallOutput, Client } from '../../../shared/contract/contract.ts'
import { assertNever } from '../../../shared/assert.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { findSide, readCheckpoints } from '../references.ts'
import type { Paint } from '../text/paint.ts'
import { printable, printableLog, shortened } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { wholeNumber } from '../values.ts'

export const diffCommand = defineCommand({
  name: 'diff',
  usage: 'RUN[@CHECKPOINT] [RUN[@CHECKPOINT]]',
  summary: 'Show what changed between two checkpoints or two runs.',
  details: [
    'One side only: it is compared with the run as it is now; without a checkpoint, from the last one before now.',
  ],
  positionals: { min: 1, max: 2 },
  options: {
    under: { type: 'string', value: 'POINTER', help: 'only changes at or below this pointer' },
    patch: { type: 'boolean', help: 'as an RFC 6902 patch from left to right' },
    limit: { type: 'string', value: 'N', help: 'at most this many changes (200)' },
    offset: { type: 'string', value: 'N', help: 'leave out this many changes (0)' },
  },
  examples: ['unstuck diff latest@cp-1 latest@cp-2', 'unstuck diff latest --under /steps/build'],
  run: async (context) => {
    const { options, paint, signal } = context
    const client = await context.client()
    const sides = await findSides({ ...context, client })
    if (options.patch) {
      const output = await client.call('checkpoint.patch', sides, { signal })
      return { output, lines: [printableLog(output.text.trimEnd())], exit: exits.done }
    }
    const offset = wholeNumber(options.offset, 'offset') ?? 0
    const limit = wholeNumber(options.limit, 'limit') ?? 200
    const input = { ...sides, under: options.under ?? '', offset, limit }
    const output = await client.call('checkpoint.compare', input, { signal })
    return { output, lines: describe(output, paint, offset), exit: exits.done }
  },
})

type Sides = { readonly left: CompareSide; readonly right: CompareSide }

async function findSides(context: {
  readonly client: Client
  readonly positionals: readonly string[]
  readonly workspace: string
  readonly cwd: string
}): Promise<Sides> {
  const [first = '', second] = context.positionals
  const left = await findSide(context, first)
  if (second !== undefined) return { left, right: await findSide(context, second) }
  const right = { ref: left.ref, checkpoint: null }
  if (left.checkpoint !== null) return { left, right }
  return { left: { ref: left.ref, checkpoint: await lastBeforeNow(context.client, left) }, right }
}

async function lastBeforeNow(client: Client, { ref }: CompareSide): Promise<string> {
  const { run } = await client.call('run.get', { ref })
  const checkpoints = await readCheckpoints(client, ref)
  const before = checkpoints.findLast(({ seq }) => seq < (run?.seq ?? 0))
  if (before) return before.id
  throw new AppError(
    'invalid-input',
    `Run ${ref.document} has no checkpoint before now. Name two runs.`,
  )
}

function describe(
  output: CallOutput<'checkpoint.compare'>,
  paint: Paint,
  offset: number,
): readonly string[] {
  const { counts, changes, total, coarse } = output
  if (total === 0) return ['Nothing differs.']
  const kinds = Object.entries(counts).filter(([, amount]) => amount > 0)
  const shown = offset + changes.length
  return [
    `${count(total, 'change')}: ${kinds.map(([kind, amount]) => `${amount} ${kind}`).join(', ')}`,
    ...(coarse
      ? ['Coarse: the search took too long, so changes may be larger than they need to be.']
      : []),
    ...changes.map((change) => describeChange(change, paint)),
    ...(shown < total ? [`${total - shown} more: --offset ${shown}`] : []),
  ]
}

function describeChange({ kind, path, from, before, after }: ChangeRow, paint: Paint): string {
  const where = printable(path === '' ? '(the whole state)' : path)
  const [old, now] = [onOneLine(before), onOneLine(after)]
  switch (kind) {
    case 'added':
      return paint('green', `+ ${where}  ${now}`)
    case 'removed':
      return paint('red', `- ${where}  ${old}`)
    case 'changed':
      return `${paint('yellow', `~ ${where}`)}  ${old} → ${now}`
    case 'moved':
      return `> ${where}  from ${printable(from ?? '')}`
    default:
      return assertNever(kind)
  }
}

/** Line breaks of JSON text stand between its parts only: inside a string they are escaped. */
function onOneLine(json: string | null): string {
  return shortened((json ?? '').replaceAll(/\n\s*/g, ' '), 200)
}
