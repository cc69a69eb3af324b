import type { ChangeRow, CompareSide } from '../../../shared/contract/compare.ts'
import type { CallOutput, Client } from '../../../shared/contract/contract.ts'
import { ChangeKind } from '../../../shared/core/diff/change.ts'
import { assertNever } from '../../../shared/assert.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeDivergence, describeParting } from '../describe/divergence.ts'
import { exits } from '../exitCodes.ts'
import { readPassphrase, unlockOption } from '../passphrase.ts'
import { printSlices } from '../printSlices.ts'
import { findSide, readCheckpoints } from '../references.ts'
import { oneLineOfJson } from '../text/oneLineOfJson.ts'
import type { Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { oneOf, wholeNumber } from '../values.ts'

const options = {
  under: { type: 'string', value: 'POINTER', help: 'only changes at or below this pointer' },
  kind: { type: 'string', value: 'KIND', help: 'only what was added, removed, changed or moved' },
  divergence: { type: 'boolean', help: 'of two runs: where they part, and each step of both' },
  exact: { type: 'boolean', help: 'of two runs: also what differs in ids, times and folders only' },
  longer: { type: 'boolean', help: 'search fifty times as long before a result is coarse' },
  patch: { type: 'boolean', help: 'as an RFC 6902 patch from left to right' },
  limit: { type: 'string', value: 'N', help: 'at most this many changes (200)' },
  offset: { type: 'string', value: 'N', help: 'leave out this many changes (0)' },
  ...unlockOption,
} as const

type Context = CommandContext<typeof options>

export const diffCommand = defineCommand({
  name: 'diff',
  usage: 'RUN[@CHECKPOINT] [RUN[@CHECKPOINT]]',
  summary: 'Show what changed between two checkpoints, or where two runs part.',
  details: [
    'One side only: it is compared with the run as it is now; without a checkpoint, from the last one before now.',
    'Two runs: ids, times and folders are left out unless --exact is given.',
  ],
  positionals: { min: 1, max: 2 },
  options,
  examples: [
    'unstuck diff latest@cp-1 latest@cp-2',
    'unstuck diff latest --under /steps/build',
    'unstuck diff payment-good payment-bad --divergence',
  ],
  run: async (context) => {
    const client = await context.client()
    const passphrase = await readPassphrase(context.options['passphrase-file'], context)
    const sides = await findSides({ ...context, client, passphrase })
    if (context.options.patch) return showPatch(context, client, sides)
    if (context.options.divergence) return showDivergence(context, client, sides)
    return showChanges(context, client, sides)
  },
})

async function showPatch(context: Context, client: Client, sides: Sides): Promise<Outcome> {
  const { signal, options: given } = context
  const read = (slice: object) =>
    client.call('checkpoint.patch', { ...sides, ...slice }, { signal })
  return printSlices(context, read, wholeNumber(given.offset, 'offset') ?? 0)
}

async function showDivergence(context: Context, client: Client, sides: Sides): Promise<Outcome> {
  const { options: given, paint, signal } = context
  const { exact } = given
  const offset = wholeNumber(given.offset, 'offset') ?? 0
  const limit = wholeNumber(given.limit, 'limit') ?? 200
  const input = { ...sides, exact, offset, limit }
  const output = await client.call('run.divergence', input, { signal })
  return { output, lines: describeDivergence(output, paint, offset), exit: exits.done }
}

async function showChanges(context: Context, client: Client, sides: Sides): Promise<Outcome> {
  const { options: given, paint, signal, json } = context
  const kind = oneOf(given.kind, ChangeKind.options, 'kind')
  const offset = wholeNumber(given.offset, 'offset') ?? 0
  const areTwoRuns = sides.left.ref.document !== sides.right.ref.document
  const input = {
    ...sides,
    under: given.under ?? '',
    kinds: kind === undefined ? [] : [kind],
    steady: areTwoRuns && !given.exact,
    effort: given.longer ? ('longer' as const) : ('usual' as const),
    offset,
    limit: wholeNumber(given.limit, 'limit') ?? 200,
  }
  const output = await client.call('checkpoint.compare', input, { signal })
  const parting =
    areTwoRuns && !json
      ? await client.call('run.divergence', { ...sides, exact: given.exact, limit: 1 }, { signal })
      : null
  const heading = parting === null ? [] : [...describeParting(parting, paint), '']
  return { output, lines: [...heading, ...describe(output, paint, offset)], exit: exits.done }
}

type Sides = { readonly left: CompareSide; readonly right: CompareSide }

async function findSides(context: {
  readonly client: Client
  readonly positionals: readonly string[]
  readonly workspace: string
  readonly cwd: string
  readonly passphrase: string | null
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
  const { counts, changes, total, coarse, byChance = 0 } = output
  const leftOut =
    byChance === 0
      ? []
      : [`${count(byChance, 'difference')} of ids, times and folders left out: --exact`]
  if (total === 0) return ['Nothing differs.', ...leftOut]
  const kinds = Object.entries(counts).filter(([, amount]) => amount > 0)
  const shown = offset + changes.length
  return [
    `${count(total, 'change')}: ${kinds.map(([kind, amount]) => `${amount} ${kind}`).join(', ')}`,
    ...(coarse
      ? [
          'Coarse: the search took too long, so changes may be larger than they need to be: --longer',
        ]
      : []),
    ...changes.map((change) => describeChange(change, paint)),
    ...(shown < total ? [`${total - shown} more: --offset ${shown}`] : []),
    ...leftOut,
  ]
}

function describeChange({ kind, path, from, before, after }: ChangeRow, paint: Paint): string {
  const where = printable(path === '' ? '(the whole state)' : path)
  const [old, now] = [oneLineOfJson(before ?? ''), oneLineOfJson(after ?? '')]
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
