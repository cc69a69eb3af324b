// Which runs are chosen for something that is done with many, kept true while the list changes.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import type { SelectedRun } from '../../shared/contract/selection.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { rowKey, type PagedRows } from './pagedRows.ts'
import { inputOf, readSelection, readSpan, sumOfAnswer } from './readSelection.ts'
import type { RunsQuestion } from './runsStore.ts'
import {
  emptySum,
  isChosen,
  isSameFilter,
  listed,
  loadedBetween,
  nothing,
  pickedOf,
  sumOf,
  toggled,
  withListed,
  type Picked,
  type PickedRun,
  type Selection,
  type SelectionSum,
} from './selection.ts'

/** The list as it is shown, and where a row of it stands at the host. */
export type ShownList = {
  readonly question: RunsQuestion
  readonly rows: PagedRows
  readonly hostIndexOf: (index: number) => number
}

export type SelectionState = {
  readonly selection: Selection
  /** Null: not counted yet. */
  readonly sum: SelectionSum | null
  /** Rows between two others are asked for, because they are not all loaded. */
  readonly isReaching: boolean
  readonly problem: AppError | null
  readonly toggle: (row: RunRow, index: number) => void
  /** Picks what lies between the row that was picked last, or `from`, and `to`. What the last reach picked more, it lets go. */
  readonly extend: (
    range: { readonly from: number; readonly to: number },
    list: ShownList,
  ) => Promise<void>
  /** All rows that are loaded; when they are chosen already, all that match. */
  readonly pickLoaded: (list: ShownList) => void
  readonly pickMatching: (question: RunsQuestion) => void
  readonly clear: () => void
  /** Another list is shown: what was chosen by a question that is not asked any more is let go. */
  readonly follow: (question: RunsQuestion) => void
  /** Looks again at what is chosen: rows that are gone are let go. */
  readonly refresh: () => Promise<void>
  /** Everything that is chosen, as the host knows it now. */
  readonly read: (selection: Selection) => Promise<readonly SelectedRun[]>
  readonly open: () => () => void
}
export type SelectionStore = StoreApi<SelectionState>

/** More rows are not looked at again whenever something changes: what is done with them looks at each anyway. */
const mostLookedAt = 2_000

export function createSelectionStore(client: Client): SelectionStore {
  return createStore<SelectionState>()((set, get) => {
    /** Where a reach begins, and what was picked before it. */
    let anchor: { readonly key: string; readonly index: number; readonly before: Picked } | null =
      null
    let reach = new AbortController()
    const choose = (selection: Selection) => {
      const sum = selection.kind === 'rows' ? sumOf(selection.rows) : null
      set({ selection, sum, problem: null })
      if (selection.kind === 'query') void refresh()
    }
    const stopReaching = () => {
      reach.abort()
      set({ isReaching: false })
    }
    const fail = (error: unknown) => set({ problem: toAppError(error) })

    const refresh = createReader(async () => {
      const { selection } = get()
      try {
        if (selection.kind === 'query') {
          const answer = await client.call('run.select', { ...inputOf(selection), limit: 0 })
          if (get().selection === selection) set({ sum: sumOfAnswer(answer), problem: null })
        } else if (selection.rows.size > 0 && selection.rows.size <= mostLookedAt) {
          const rows = await readSelection(client, selection)
          if (get().selection === selection)
            choose({ kind: 'rows', rows: new Map(rows.map((row) => [row.document, row])) })
        }
      } catch (error) {
        if (get().selection === selection) fail(error)
      }
    })

    return {
      selection: nothing,
      sum: emptySum,
      isReaching: false,
      problem: null,
      toggle: (row, index) => {
        stopReaching()
        const { selection } = get()
        const key = rowKey(row)
        const next = toggled(listed(selection), key, pickedOf(row))
        choose(withListed(selection, next))
        anchor = { key, index, before: selection.kind === 'rows' ? next : new Map() }
      },
      extend: async ({ from, to }, { question, rows, hostIndexOf }) => {
        stopReaching()
        const { selection } = get()
        if (anchor === null) {
          const row = rows.at(from)
          const before = selection.kind === 'rows' ? selection.rows : new Map<string, PickedRun>()
          anchor = { key: row === null ? '' : rowKey(row), index: from, before }
        }
        const { key, index, before } = anchor
        const found = rows.findIndex((row) => rowKey(row) === key)
        const ends = [found < 0 ? index : found, to] as const
        const span = { first: Math.min(...ends), last: Math.max(...ends) }
        const choosing = (picked: readonly PickedRun[]) => {
          const entries = picked.map((row) => [row.document, row] as const)
          const current = get().selection
          if (current.kind === 'rows')
            return choose({ kind: 'rows', rows: new Map([...before, ...entries]) })
          const except = new Map(current.except)
          for (const [document] of entries) except.delete(document)
          return choose({ ...current, except })
        }
        const loaded = loadedBetween(rows, span)
        choosing(loaded)
        if (loaded.length === span.last - span.first + 1) return
        const mine = new AbortController()
        reach = mine
        set({ isReaching: true })
        try {
          const asked = {
            ...question,
            offset: hostIndexOf(span.first),
            count: span.last - span.first + 1,
          }
          const all = await readSpan(client, asked, mine.signal)
          if (!mine.signal.aborted) choosing([...all, ...loaded])
        } catch (error) {
          if (!mine.signal.aborted) fail(error)
        } finally {
          if (!mine.signal.aborted) set({ isReaching: false })
        }
      },
      pickLoaded: ({ question, rows }) => {
        stopReaching()
        const { selection } = get()
        const loaded = loadedBetween(rows, { first: 0, last: rows.length - 1 })
        const isPicked = loaded.every((row) => isChosen(selection, row.document))
        anchor = null
        if (isPicked && loaded.length > 0) get().pickMatching(question)
        else if (selection.kind === 'query') get().pickMatching(selection.question)
        else {
          const entries = loaded.map((row) => [row.document, row] as const)
          choose({ kind: 'rows', rows: new Map([...selection.rows, ...entries]) })
        }
      },
      pickMatching: (question) => {
        stopReaching()
        anchor = null
        choose({ kind: 'query', question, except: new Map() })
      },
      clear: () => {
        stopReaching()
        anchor = null
        choose(nothing)
      },
      follow: (question) => {
        const { selection } = get()
        // Rows of another order stand elsewhere.
        anchor = null
        if (selection.kind === 'query' && !isSameFilter(selection.question, question)) get().clear()
      },
      refresh,
      read: (selection) => readSelection(client, selection),
      open: () => {
        const stops = [
          // At once: what went away is not chosen any more, also where it comes back.
          client.on('runs.changed', () => void refresh()),
          client.on('workspace.changed', () => get().clear()),
        ]
        return () => stops.forEach((stop) => stop())
      },
    }
  })
}
