// What a choice means now, as the host says it: page by page, and never named whole.
import type { CallInput, CallOutput, Client } from '../../shared/contract/contract.ts'
import type { SelectedRun } from '../../shared/contract/selection.ts'
import type { RunsQuestion } from './runsStore.ts'
import type { PickedRun, Selection, SelectionSum } from './selection.ts'

/** Everything that is chosen, as the host knows it now. */
export async function readSelection(
  client: Client,
  selection: Selection,
  options: {
    readonly signal?: AbortSignal
    readonly onProgress?: (found: number, total: number) => void
  } = {},
): Promise<readonly SelectedRun[]> {
  const inputs =
    selection.kind === 'query'
      ? [inputOf(selection)]
      : chunksOf([...selection.rows.keys()], mostNamed).map((documents) => ({
          documents: [...documents],
        }))
  const found = new Map<string, SelectedRun>()
  for (const input of inputs) {
    let offset: number | null = 0
    while (offset !== null) {
      const page: CallOutput<'run.select'> = await client.call(
        'run.select',
        { ...input, offset },
        options.signal === undefined ? {} : { signal: options.signal },
      )
      for (const row of page.rows) found.set(row.document, row)
      const total = selection.kind === 'query' ? page.total : selection.rows.size
      options.onProgress?.(found.size, total)
      offset = page.nextOffset
    }
  }
  return [...found.values()]
}

/** Names that one call may carry: far less than a message may be. */
const mostNamed = 1_000

export function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

/** In an order that does not move when a run goes on, so that no page misses one. */
export function inputOf({
  question,
  except,
}: Selection & { readonly kind: 'query' }): CallInput<'run.select'> {
  return { ...question, sort: { column: 'id', descending: false }, except: [...except.keys()] }
}

export async function readSpan(
  client: Client,
  { count, ...asked }: RunsQuestion & { readonly offset: number; readonly count: number },
  signal: AbortSignal,
): Promise<readonly PickedRun[]> {
  const rows: PickedRun[] = []
  while (rows.length < count) {
    const input = {
      ...asked,
      offset: asked.offset + rows.length,
      limit: Math.min(1_000, count - rows.length),
    }
    const page = await client.call('run.select', input, { signal })
    rows.push(...page.rows)
    if (page.nextOffset === null || page.rows.length === 0) break
  }
  return rows
}

export function sumOfAnswer({ total, sizeBytes, able }: CallOutput<'run.select'>): SelectionSum {
  return { count: total, sizeBytes, able }
}
