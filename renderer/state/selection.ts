// What a choice of runs is: those that were picked, or all that match but a few.
import type { RunRow } from '../../shared/contract/runs.ts'
import type { SelectedRun } from '../../shared/contract/selection.ts'
import { whyNot } from '../../shared/core/batch/whyNot.ts'
import { BatchAction } from '../../shared/schema/batchAction.ts'
import { pageSize, type PagedRows } from './pagedRows.ts'
import type { RunsQuestion } from './runsStore.ts'

/** A run that was picked, as it was seen last. */
export type PickedRun = Omit<SelectedRun, 'path'>

export type Picked = ReadonlyMap<string, PickedRun>

export type Selection =
  | { readonly kind: 'rows'; readonly rows: Picked }
  /** Also what will match later: only the question is kept, and what was taken out of it. */
  | { readonly kind: 'query'; readonly question: RunsQuestion; readonly except: Picked }

/** What is chosen, in numbers: of a question they are the host's. */
export type SelectionSum = {
  readonly count: number
  readonly sizeBytes: number
  readonly able: Readonly<Record<BatchAction, number>>
}

export const nothing: Selection = { kind: 'rows', rows: new Map() }

export const emptySum: SelectionSum = {
  count: 0,
  sizeBytes: 0,
  able: { archive: 0, unarchive: 0, trash: 0, migrate: 0, repair: 0 },
}

export function isChosen(selection: Selection, key: string): boolean {
  return selection.kind === 'rows' ? selection.rows.has(key) : !selection.except.has(key)
}

export function isEmpty(selection: Selection): boolean {
  return selection.kind === 'rows' && selection.rows.size === 0
}

export function loadedBetween(
  rows: PagedRows,
  { first, last }: { readonly first: number; readonly last: number },
): readonly PickedRun[] {
  const found: PickedRun[] = []
  for (const [page, held] of rows.pages) {
    for (const [place, row] of held.rows.entries()) {
      const index = page * pageSize + place
      if (index >= first && index <= last) found.push(pickedOf(row))
    }
  }
  return found
}

export function listed(selection: Selection): Picked {
  return selection.kind === 'rows' ? selection.rows : selection.except
}

export function withListed(selection: Selection, rows: Picked): Selection {
  return selection.kind === 'rows' ? { ...selection, rows } : { ...selection, except: rows }
}

export function toggled(rows: Picked, key: string, row: PickedRun): Picked {
  const next = new Map(rows)
  if (!next.delete(key)) next.set(key, row)
  return next
}

/** Equal but for the order. */
export function isSameFilter(one: RunsQuestion, other: RunsQuestion): boolean {
  return JSON.stringify({ ...one, sort: null }) === JSON.stringify({ ...other, sort: null })
}

export function pickedOf(row: RunRow): PickedRun {
  const { id, ref, status, health, liveness, pinned, sizeBytes, owner } = row
  return {
    id,
    document: ref.document,
    format: ref.format,
    status,
    health,
    liveness,
    archived: row.archived === true,
    pinned,
    locked: owner !== null,
    sizeBytes,
  }
}

export function sumOf(rows: Picked): SelectionSum {
  const able = { ...emptySum.able }
  let sizeBytes = 0
  for (const row of rows.values()) {
    sizeBytes += row.sizeBytes
    for (const action of BatchAction.options) if (whyNot(action, row) === null) able[action] += 1
  }
  return { count: rows.size, sizeBytes, able }
}
