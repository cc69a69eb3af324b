import type { CallOutput, Client } from '../../../shared/contract/contract.ts'
import { AppError } from '../../../shared/errors.ts'
import { OperationState } from '../../../shared/contract/upkeep.ts'
import { defineCommand } from '../command.ts'
import { createMask, type Mask } from '../createMask.ts'
import { byOf, describeOperation, outcomeColours, shownValue } from '../describe/operation.ts'
import { exits } from '../exitCodes.ts'
import { moment } from '../moment.ts'
import { findRef } from '../references.ts'
import type { Paint } from '../text/paint.ts'
import { printable, shortened } from '../text/printable.ts'
import { time } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'
import { oneOf, wholeNumber } from '../values.ts'

type Page = CallOutput<'operations.list'>
type Where = { readonly client: Client; readonly workspace: string; readonly cwd: string }

export const operationsCommand = defineCommand({
  name: 'operations',
  usage: '[RUN]',
  summary: 'Show who changed what, and what came of it, newest first.',
  details: [
    'Each change was written down before it was made; "unfinished" is under way, or its process ended in between.',
  ],
  positionals: { min: 0, max: 1 },
  options: {
    since: {
      type: 'string',
      value: 'TIME',
      help: 'from 2026-01-02, a time in UTC, or 30min, 12h, 7d ago',
    },
    call: { type: 'string', value: 'CALL', help: 'only one kind of change, such as repair.apply' },
    by: { type: 'string', value: 'USER', help: 'only those of one user' },
    until: { type: 'string', value: 'TIME', help: 'up to that time' },
    state: { type: 'string', value: 'STATE', help: 'only done, failed or unfinished ones' },
    unfinished: { type: 'boolean', help: 'the same as --state unfinished' },
    text: {
      type: 'string',
      value: 'TEXT',
      help: 'only with these letters in item, reason or error',
    },
    id: { type: 'string', value: 'ID', help: 'this one, with all that is known of it' },
    limit: { type: 'string', value: 'N', help: 'at most this many (50)' },
    offset: { type: 'string', value: 'N', help: 'leave out this many (0)' },
  },
  examples: [
    'unstuck operations latest',
    'unstuck operations --since 7d --unfinished',
    'unstuck operations --id b8vlk2m0q3xz',
  ],
  run: async (context) => {
    const { options, signal, paint } = context
    const limit = wholeNumber(options.limit, 'limit') ?? 50
    const offset = wholeNumber(options.offset, 'offset') ?? 0
    const since = moment(options.since, 'since', { ago: context.now })
    const until = moment(options.until, 'until', { ago: context.now })
    const client = await context.client()
    const [text] = context.positionals
    const run = text === undefined ? null : await findRunId({ ...context, client }, text)
    const { call = null, by = null, text: letters = null, id = null } = options
    const state = options.unfinished ? 'unfinished' : stateOf(options.state)
    const input = { run, call, by, since, until, state, text: letters, id, limit, offset }
    const output = await client.call('operations.list', input, { signal })
    const [only] = output.operations
    const mask = await createMask(client)
    const lines =
      id !== null && only !== undefined
        ? describeOperation(only, { paint, mask })
        : describe(output, { offset, paint, mask })
    return { output, lines, exit: exits.done }
  },
})

/** A run that is gone has its operations still: then its whole id is needed. */
async function findRunId(where: Where, text: string): Promise<string> {
  try {
    return (await findRef(where, text)).document
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found' && text !== 'latest') return text
    throw error
  }
}

function stateOf(text: string | undefined): OperationState | null {
  return oneOf(text, OperationState.options, 'state') ?? null
}

type View = { readonly offset: number; readonly paint: Paint; readonly mask: Mask }

function describe({ operations, nextOffset, findings }: Page, view: View): readonly string[] {
  if (operations.length === 0 && findings.length === 0) return ['No operation was found.']
  const head = ['REQUESTED', 'BY', 'WHAT', 'ON', 'OUTCOME'].map((title) =>
    view.paint('bold', title),
  )
  const rows = operations.map((operation) => [
    time(operation.requestedAt ?? operation.observedAt),
    byOf(operation),
    printable(operation.call),
    shortened(operation.run ?? operation.item, 60),
    view.paint(outcomeColours[operation.state], outcomeOf(operation, view.mask)),
  ])
  const odd = findings.map(({ file, offset, sentence }) => [
    `${printable(file)}, byte ${offset}`,
    sentence,
  ])
  return [
    ...(rows.length === 0 ? ['No operation was found.'] : table([head, ...rows])),
    ...(nextOffset === null ? [] : ['', `There are more. Next: --offset ${nextOffset}`]),
    ...section('Lines that are no operation, left as they are', table(odd)),
  ]
}

function outcomeOf(operation: Page['operations'][number], mask: Mask): string {
  const { state, error, changes = [], undoneBy } = operation
  if (error !== null) return shortened(`${state}: ${mask.text(error.message)}`, 100)
  if (undoneBy !== null) return `${state}, taken back by ${undoneBy}`
  const [first] = changes
  if (first === undefined) return state
  const more = changes.length === 1 ? '' : ` and ${changes.length - 1} more`
  const [before, after] = [first.before, first.after].map((value) =>
    shownValue(mask, first.path, value),
  )
  const was = `${first.path}: ${before} → ${after}${more}`
  return shortened(printable(`${state}: ${was}`), 100)
}
