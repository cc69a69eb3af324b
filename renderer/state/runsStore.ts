// The list of runs: pages as they are scrolled to, kept up to date, without rows jumping under the pointer.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { RunRow, RunSort, RunView } from '../../shared/contract/runs.ts'
import type { AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { never, type Every } from './every.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type RunsList = {
  /** As long as `total`; null where a row was not read yet. */
  readonly rows: readonly (RunRow | null)[]
  readonly total: number
  readonly counts: RunCounts
}
export type RunCounts = CallOutput<'run.list'>['counts']

export type RunsState = {
  readonly view: RunView
  readonly text: string
  readonly sort: RunSort
  readonly list: Remote<RunsList>
  /** How many more rows match than are shown: they wait, so that nothing moves while it is read. */
  readonly newRows: number
  /** Key of the row that is looked at. */
  readonly selected: string | null
  /** Whether what the row says is shown beside the list. */
  readonly isPeeking: boolean
  readonly open: () => () => void
  /** What is shown changes to this view and text. */
  readonly show: (filter: { readonly view: RunView; readonly text: string }) => void
  readonly select: (selected: string | null) => void
  readonly peek: (isPeeking: boolean) => void
  readonly sortBy: (sort: RunSort) => void
  /** Reads what is missing between two rows. */
  readonly ensure: (first: number, last: number) => Promise<void>
  /** Lets waiting rows in. */
  readonly showNew: () => Promise<void>
  readonly retry: () => Promise<void>
}
export type RunsStore = StoreApi<RunsState>

export const pageSize = 100

/** How often the list is read without being told of a change: its words age, and a process that dies tells nobody. */
const lookAgainMs = 15_000

export function createRunsStore(client: Client, every: Every = never): RunsStore {
  return createStore<RunsState>()((set, get) => {
    /** Answers to an older question are dropped. */
    let question = 0
    let visible = { first: 0, last: 0 }
    const reading = new Set<number>()

    let cancelled = new AbortController()

    const read = (page: number) => {
      const { view, text, sort } = get()
      const input = { view, text, sort, offset: page * pageSize, limit: pageSize }
      return client.call('run.list', input, { signal: cancelled.signal })
    }
    const restart = async () => {
      question += 1
      const asked = question
      cancelled.abort()
      cancelled = new AbortController()
      reading.clear()
      try {
        const first = await read(0)
        if (asked !== question) return
        set({ list: ready(place(emptyList(first), 0, first)), newRows: 0 })
      } catch (error) {
        if (asked === question) set({ list: failed(get().list, error) })
      }
    }
    const readPage = async (page: number) => {
      const asked = question
      reading.add(page)
      try {
        const answer = await read(page)
        const { list } = get()
        if (asked !== question || list.kind !== 'ready') return
        set({ list: ready(place(list.value, page, answer)) })
      } catch (error) {
        if (asked === question) set({ list: failed(get().list, error) })
      } finally {
        if (asked === question) reading.delete(page)
      }
    }
    /** Reads what is on the screen again. Rows that appeared meanwhile wait behind a number. */
    const refresh = createReader(async () => {
      const { list, newRows } = get()
      if (list.kind !== 'ready' || list.value.total === 0) return restart()
      const asked = question
      const pages = pagesBetween(visible.first, visible.last)
      try {
        const answers = await Promise.all(pages.map(read))
        const current = get().list
        if (asked !== question || current.kind !== 'ready') return
        const total = answers[0]?.total ?? current.value.total
        const grown = total - current.value.total
        if (grown > 0) {
          const value = updateKnown(current.value, answers)
          set({ list: ready(value), newRows: grown })
        } else {
          const start = resize(current.value, total)
          const value = pages.reduce((sum, page, index) => {
            const answer = answers[index]
            return answer ? place(sum, page, answer) : sum
          }, start)
          set({ list: ready(value), newRows: grown < 0 ? 0 : Math.min(newRows, 0) })
        }
      } catch (error) {
        if (asked === question) set({ list: failed(get().list, error) })
      }
    })

    return {
      view: 'all',
      text: '',
      sort: { column: 'updatedAt', descending: true },
      list: loading,
      newRows: 0,
      selected: null,
      isPeeking: false,
      select: (selected) => set({ selected }),
      peek: (isPeeking) => set({ isPeeking }),
      open: () => {
        const stops = [
          client.on('runs.changed', () => void refresh()),
          client.on('run.progressed', () => void refresh()),
          client.on('workspace.changed', () => void refresh()),
          every(lookAgainMs, () => void refresh()),
        ]
        void restart()
        return () => stops.forEach((stop) => stop())
      },
      show: ({ view, text }) => {
        // Whoever comes back to the list reads nothing in it yet: rows that wait are let in.
        if (view === get().view && text === get().text && get().newRows === 0) return
        visible = { first: 0, last: 0 }
        set({ view, text })
        void restart()
      },
      sortBy: (sort) => {
        set({ sort })
        void restart()
      },
      ensure: async (first, last) => {
        visible = { first, last }
        const { list } = get()
        if (list.kind !== 'ready') return
        const { rows } = list.value
        const missing = pagesBetween(first, last).filter(
          (page) => !reading.has(page) && isMissing(rows, page),
        )
        await Promise.all(missing.map(readPage))
      },
      showNew: restart,
      retry: restart,
    }
  })
}

/** What is wrong with a list that is still shown; null when it is up to date. */
export function listProblem({ list }: RunsState): AppError | null {
  return list.kind === 'ready' ? list.problem : null
}

type Answer = CallOutput<'run.list'>

function emptyList({ total, counts }: Answer): RunsList {
  return { rows: nulls(total), total, counts }
}

function nulls(length: number): readonly null[] {
  return Array.from({ length }, () => null)
}

function place(list: RunsList, page: number, { rows, counts }: Answer): RunsList {
  const start = page * pageSize
  return { ...list, counts, rows: list.rows.map((row, index) => rows[index - start] ?? row) }
}

/** Rows that are known get their new content where they stand. */
function updateKnown(list: RunsList, answers: readonly Answer[]): RunsList {
  const fresh = new Map(answers.flatMap((answer) => answer.rows).map((row) => [rowKey(row), row]))
  const rows = list.rows.map((row) => (row === null ? null : (fresh.get(rowKey(row)) ?? row)))
  return { ...list, rows, counts: answers[0]?.counts ?? list.counts }
}

function resize(list: RunsList, total: number): RunsList {
  if (total === list.total) return list
  return { ...list, total, rows: list.rows.slice(0, total) }
}

/** Identifies a row: two files can say the same run id. */
export function rowKey({ ref }: RunRow): string {
  return ref.item === null ? ref.document : `${ref.document}#${ref.item}`
}

function pagesBetween(first: number, last: number): readonly number[] {
  const start = Math.floor(first / pageSize)
  const end = Math.floor(Math.max(first, last) / pageSize)
  return Array.from({ length: end - start + 1 }, (_, index) => start + index)
}

function isMissing(rows: readonly (RunRow | null)[], page: number): boolean {
  const part = rows.slice(page * pageSize, (page + 1) * pageSize)
  return part.some((row) => row === null)
}
