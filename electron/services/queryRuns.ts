import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { RunRow, RunView } from '../../shared/contract/runs.ts'
import { assertNever } from '../../shared/assert.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { Entry } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { mapBounded } from './mapBounded.ts'
import { documentRef, nativeRef } from './refs.ts'
import { readRowFacts, type RowFacts } from './rowFacts.ts'

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
  return {
    rows: matching.slice(input.offset, input.offset + input.limit),
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
  const listed = await mapBounded(entries, 16, async (entry) => {
    throwIfCancelled(options.signal, 'Listing the runs')
    return { entry, facts: await factsOf(context, entry) }
  })
  const forks = new Map<string, string>()
  for (const { entry, facts } of listed)
    if (facts.forkOf !== null && entry.run !== null) forks.set(facts.forkOf, entry.run)
  return listed.map(({ entry, facts }) => rowOf(context, entry, facts, forks))
}

/** Entries of the workspace; only the one document where a single file was opened. */
export async function listEntries(
  context: ServiceContext,
  options: Pick<HandlerOptions<'run.list'>, 'signal'>,
): Promise<readonly Entry[]> {
  const only = context.workspace.document
  const entries = await context.store.list({ signal: options.signal })
  if (only !== null) return entries.filter((entry) => entry.document === only)
  return entries
}

/** Facts of an entry, from the cache while its files, its lock and its processes cannot have changed. */
export async function factsOf(context: ServiceContext, entry: Entry): Promise<RowFacts> {
  const cached = context.rows.get(entry.document)
  if (cached?.stamp === entry.stamp && cached.facts.liveness === 'none') return cached.facts
  const facts = await readRowFacts(context, entry)
  context.rows.set(entry.document, { stamp: entry.stamp, facts })
  return facts
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
  const isRun =
    entry.run !== null && (facts.format === 'unstuck' || facts.format === 'unstuck-newer')
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
    reason: {
      rule: facts.reason.rule,
      sentence: facts.reason.sentence,
      severity: facts.reason.severity,
    },
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

function fileName(document: string): string {
  return document.slice(document.lastIndexOf('/') + 1)
}
