import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { RunRow, RunView } from '../../shared/contract/runs.ts'
import { assertNever } from '../../shared/assert.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { Entry } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { documentRef, nativeRef, parseRunId } from './refs.ts'
import type { RowFacts } from './rowFacts.ts'
import { factsOf, freshFactsOf, listEntries } from './runIndex.ts'

/** One page of the list. A file that cannot be read is a row too. */
export async function queryRuns(
  context: ServiceContext,
  input: HandlerInput<'run.list'>,
  options: Pick<HandlerOptions<'run.list'>, 'signal'>,
): Promise<CallOutput<'run.list'>> {
  const rows = await readRows(context, options)
  const matching = rows
    .filter((row) => isInView(row, input.view) && matchesText(row, input.text))
    .toSorted(compareBy(input.sort))
  const page = matching.slice(input.offset, input.offset + input.limit)
  return {
    rows: [...(await mapBounded(page, 16, (row) => withFreshWords(context, row)))],
    total: matching.length,
    counts: countViews(rows),
  }
}

/** Every row of the workspace, in no order. */
export async function readRows(
  context: ServiceContext,
  options: Pick<HandlerOptions<'run.list'>, 'signal'>,
): Promise<readonly RunRow[]> {
  const entries = await listEntries(context, options)
  const held = await context.store.heldRuns()
  const listed = await mapBounded(entries, 16, async (entry) => {
    throwIfCancelled(options.signal, 'Listing the runs')
    return { entry, facts: await factsOf(context, entry, held) }
  })
  const forks = new Map<string, string>()
  for (const { entry, facts } of listed)
    if (facts.forkOf !== null && entry.run !== null) forks.set(facts.forkOf, entry.run)
  return listed.map(({ entry, facts }) => rowOf(context, entry, facts, forks))
}

/** What a row says of ages is read again where it was read long ago. */
async function withFreshWords(context: ServiceContext, row: RunRow): Promise<RunRow> {
  const isRun = row.ref.format === 'unstuck'
  const document = isRun
    ? context.store.layout.head(parseRunId(row.ref.document))
    : row.ref.document
  const entry = context.index.entries?.get(document)
  if (entry === undefined) return row
  const { reason } = await freshFactsOf(context, entry)
  return { ...row, reason: reasonOf(reason) }
}

export function isInView(row: RunRow, view: RunView): boolean {
  switch (view) {
    case 'all':
      return true
    case 'attention':
      return needsAttention(row)
    case 'running':
      return row.liveness === 'alive'
    case 'waiting':
      return row.status === 'waiting' || row.status === 'paused'
    case 'failed':
      return row.status === 'failed' && row.health === 'ok'
    case 'completed':
      return row.status === 'completed' && row.health === 'ok'
    case 'damaged':
      return row.health !== 'ok'
    default:
      return assertNever(view)
  }
}

function needsAttention(row: RunRow): boolean {
  if (row.supersededBy !== null) return false
  const { severity } = row.reason
  return severity === 'stuck' || severity === 'attention' || row.health === 'damaged'
}

function matchesText(row: RunRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const haystack = [
    row.id,
    row.workflow,
    row.version,
    row.status,
    row.health,
    row.step,
    row.reason.sentence,
    row.format,
    row.ref.document,
  ]
    .join('\n')
    .toLowerCase()
  return words.every((word) => haystack.includes(word))
}

function countViews(rows: readonly RunRow[]): Record<RunView, number> {
  const count = (view: RunView) => rows.filter((row) => isInView(row, view)).length
  return {
    all: rows.length,
    attention: count('attention'),
    running: count('running'),
    waiting: count('waiting'),
    failed: count('failed'),
    completed: count('completed'),
    damaged: count('damaged'),
  }
}

function compareBy(sort: HandlerInput<'run.list'>['sort']): (a: RunRow, b: RunRow) => number {
  const sign = sort.descending ? -1 : 1
  return (a, b) => {
    const left = a[sort.column]
    const right = b[sort.column]
    if (left === right) return a.id < b.id ? -1 : 1
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -sign : sign
  }
}

function rowOf(
  context: ServiceContext,
  entry: Entry,
  facts: RowFacts,
  forks: ReadonlyMap<string, string>,
): RunRow {
  const { summary } = facts
  const isRun = entry.run !== null && facts.format === 'unstuck'
  const ref =
    isRun && entry.run !== null
      ? nativeRef(context, entry.run)
      : documentRef(context, facts.format, entry.document)
  return {
    ref,
    id: isRun ? ref.document : (summary?.id ?? fileName(entry.document)),
    workflow: summary?.workflow ?? null,
    version: summary?.version ?? null,
    status: summary?.status ?? null,
    health: facts.health,
    liveness: facts.liveness,
    reason: reasonOf(facts.reason),
    step: summary?.step ?? null,
    stepsDone: summary?.stepsDone ?? 0,
    stepsTotal: summary?.stepsTotal ?? 0,
    createdAt: summary?.createdAt ?? null,
    updatedAt: summary?.updatedAt ?? entry.modifiedAt,
    finishedAt: summary?.finishedAt ?? null,
    attempts: summary?.attempts ?? 0,
    checkpoints: summary?.checkpoints ?? 0,
    sizeBytes: entry.sizeBytes,
    format: facts.label,
    owner: facts.holder === null ? null : `${facts.holder.hostName}, process ${facts.holder.pid}`,
    supersededBy: forks.get(ref.document) ?? null,
    parent: facts.forkOf,
    pinned: summary?.pinned ?? false,
  }
}

function reasonOf({ rule, sentence, severity }: RunRow['reason']): RunRow['reason'] {
  return { rule, sentence, severity }
}

function fileName(document: string): string {
  return document.slice(document.lastIndexOf('/') + 1)
}
