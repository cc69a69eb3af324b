// The list of runs: pages as they are scrolled to, kept up to date, without rows jumping under the pointer.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallProgress, Client } from '../../shared/contract/contract.ts'
import type { RunRow, RunSort, RunView } from '../../shared/contract/runs.ts'
import type { StateSearch } from '../../shared/contract/runList.ts'
import { questionOf } from '../../shared/core/query/parseQuery.ts'
import type { RunCondition } from '../../shared/schema/runCondition.ts'
import type { AppError } from '../../shared/errors.ts'
import { createNewest } from './createNewest.ts'
import { createPageReader, pagesOf, spansOf, type Span } from './createPageReader.ts'
import { createReader } from './createReader.ts'
import { never, type Every } from './every.ts'
import {
  forgetFar,
  isToRead,
  pagedRows,
  pageSize,
  placeRows,
  rowKey,
  shiftOf,
  updateRows,
  type PagedRows,
} from './pagedRows.ts'
import { paced } from './paced.ts'
import { failed, loading, ready, type Remote } from './remote.ts'
import { readFirstRow } from './readFirstRow.ts'
import { newestFirst } from './route.ts'
import {
  isSameSort,
  replaceRows,
  rowsOf,
  standing,
  withPage,
  type Answer,
  type Shown,
} from './runsAnswer.ts'

export { rowKey } from './pagedRows.ts'

/** What was asked for: which runs, in which order. */
export type RunsQuestion = {
  readonly view: RunView
  /** Words that are looked for in what a row says. */
  readonly text: string
  readonly filter: RunCondition[]
  readonly sort: RunSort
}

export type RunsList = {
  /** Another value: another list, to be shown from its start. */
  readonly question: RunsQuestion
  readonly rows: PagedRows
  readonly total: number
  readonly counts: RunCounts
  /** Files that were not looked at whole yet; the list may still find damage in them. */
  readonly unverified: number
  /** How far the state of runs was searched; null: there is nothing to search, or all of it was. */
  readonly searching: StateSearch | null
}
export type RunCounts = Answer['counts']

export type RunsState = {
  readonly view: RunView
  /** As it is written in the filter bar. */
  readonly text: string
  readonly sort: RunSort
  /** What was answered last. It stays until the answer to the next question is there. */
  readonly list: Remote<RunsList>
  /** A question is not answered yet. */
  readonly isAsking: boolean
  /** Null: it is answered. Else resolves when it is, to false where that failed. */
  readonly answered: () => Promise<boolean> | null
  /** How many more rows match than are shown: they wait, so that nothing moves while it is read. */
  readonly newRows: number
  /** Key of the row that is looked at. */
  readonly selected: string | null
  /** That row as it was read last, wherever the list is now; null when it is gone. */
  readonly selectedRow: RunRow | null
  /** It stands elsewhere than where it was looked at: on another page, or in another view. */
  readonly hasMoved: boolean
  /** Whether what the row says is shown beside the list. */
  readonly isPeeking: boolean
  readonly open: () => () => void
  /** What is shown changes to this; without an order, the newest first. */
  readonly show: (asked: {
    readonly view: RunView
    readonly text: string
    readonly sort?: RunSort | undefined
  }) => void
  readonly select: (selected: string | null) => void
  readonly peek: (isPeeking: boolean) => void
  /** While a workspace is listed for the first time: how many rows there are so far. */
  readonly listed: number | null
  /** Where a row of the list stands at the host, where rows that wait may stand above it. */
  readonly hostIndexOf: (index: number) => number
  /** These rows are on the screen: what is missing of them is read. */
  readonly ensure: (first: number, last: number) => void
  /** Lets waiting rows in, from the start of the list. */
  readonly showNew: () => Promise<void>
  readonly retry: () => Promise<void>
}
export type RunsStore = StoreApi<RunsState>

/** How often the list is read without being told of a change: its words age, and a process that dies tells nobody. */
const lookAgainMs = 15_000

export function createRunsStore(
  client: Client,
  every: Every = never,
  now: () => number = Date.now,
): RunsStore {
  return createStore<RunsState>()((set, get) => {
    const current = () => {
      const { list } = get()
      return list.kind === 'ready' ? list.value : null
    }
    /** How far down the rows that are shown were moved by those that wait above them. */
    let shift = 0
    const offsetOf = ({ page }: Span) => Math.max(0, page * pageSize + shift)
    /** Ages count back from now. */
    const question = (): RunsQuestion => {
      const { view, text, sort } = get()
      return { view, ...questionOf(text, now()), sort }
    }
    const read = (span: Span, signal: AbortSignal) => {
      const limit = span.count * pageSize
      const input = { ...question(), partial: true, offset: offsetOf(span), limit }
      return client.call('run.list', input, { signal, onProgress })
    }
    const onProgress = (progress: CallProgress<'run.list'>) => {
      if ('listed' in progress) set({ listed: progress.listed })
    }
    /** True when what is shown stands elsewhere than it was read, so that it is read again. */
    const isMoved = (list: RunsList, span: Span, answer: Answer) => {
      const moved = shiftOf(list.rows, offsetOf(span), answer.rows) ?? shift
      if (answer.total <= list.total || moved === shift) return false
      shift = moved
      return true
    }
    const put = (list: RunsList, more: Partial<RunsState> = {}) => {
      const { selected, selectedRow } = get()
      const row = selected === null ? null : list.rows.find((one) => rowKey(one) === selected)
      const found = row ? { selectedRow: row, hasMoved: false } : { selectedRow }
      set({ list: ready(list), ...found, ...more })
    }
    const fail = (error: unknown) => set({ list: failed(get().list, error) })

    const pages = createPageReader({
      // What belongs to the next question is not put into the list of the last one.
      length: () => (get().isAsking ? null : (current()?.total ?? null)),
      isToRead: (page) => {
        const list = current()
        return list !== null && isToRead(list.rows, page)
      },
      read: async (span, signal) => {
        let answer = await read(span, signal)
        const before = current()
        if (before !== null && isMoved(before, span, answer)) answer = await read(span, signal)
        const list = current()
        if (signal.aborted || list === null) return
        const rows = placeRows(list.rows, span.page, answer.rows)
        put({ ...list, ...standing(answer), rows: forget(rows) })
      },
      onFailure: fail,
    })

    const pageOfSelected = (rows: PagedRows) => {
      const { selected } = get()
      const index = selected === null ? -1 : rows.findIndex((row) => rowKey(row) === selected)
      return index < 0 ? null : Math.floor(index / pageSize)
    }
    const forget = (rows: PagedRows) => {
      const near = Math.floor(pages.visible().first / pageSize)
      return forgetFar(rows, near, pageOfSelected(rows))
    }

    const newest = createNewest(async (signal) => {
      shift = 0
      const asked = question()
      try {
        const answer = await read({ page: 0, count: 1 }, signal)
        if (signal.aborted) return
        const rows = placeRows(pagedRows(answer.total), 0, answer.rows)
        pages.reset()
        const list = { question: asked, ...standing(answer) }
        put({ ...list, rows, total: answer.total }, { newRows: 0, isAsking: false })
        pages.pump()
        goOnSearching(answer)
      } catch (error) {
        if (signal.aborted) return
        set({ isAsking: false })
        fail(error)
      }
    })
    let asking: Promise<void> = Promise.resolve()
    const ask = (change: Partial<Pick<RunsState, 'view' | 'text' | 'sort'>> = {}) => {
      set({ ...change, isAsking: true })
      pages.reset()
      asking = newest()
      return asking
    }

    let isLettingIn = false
    /** What is found in the state of runs comes in as it is found: behind what is there. */
    const goOnSearching = ({ searching }: Answer) => {
      if (searching === undefined) return
      isLettingIn = true
      void refresh()
    }
    /** Reads what is on the screen again. Rows that appeared meanwhile wait behind a number. */
    const refresh = createReader(async () => {
      await asking
      const list = current()
      if (list === null || list.total === 0) await ask()
      else await readAgain(list)
    })
    const readAgain = async ({ question: asked, rows: before }: RunsList) => {
      const letIn = isLettingIn
      isLettingIn = false
      const selectedPage = pageOfSelected(before)
      const spans = spansOf(withPage(pagesOf(pages.visible()), selectedPage))
      const isCurrent = () => !get().isAsking && current()?.question === asked
      try {
        if (letIn) shift = 0
        let answers = await readAll(spans)
        const shown = current()
        if (shown !== null && isCurrent() && isElsewhere(shown, { spans, answers, letIn }))
          answers = await readAll(spans)
        const list = current()
        const [first] = answers
        if (list === null || first === undefined || !isCurrent()) return
        const isHeldBack = first.total > list.total && !letIn
        const rows = isHeldBack
          ? updateRows(list.rows, rowsOf(answers))
          : replaceRows(list.rows, spans, answers)
        const isGone = selectedPage !== null && pageOfSelected(rows) === null
        put(
          { ...list, ...standing(first), rows, total: rows.length },
          { newRows: isHeldBack ? first.total - list.total : 0 },
        )
        pages.pump()
        if (isGone) await followSelected()
        goOnSearching(first)
      } catch (error) {
        if (isCurrent()) fail(error)
      }
    }
    /** What is looked at is not lost because it is not where it was. */
    const followSelected = async () => {
      const { selected, selectedRow } = get()
      if (selectedRow === null) return
      const row = await readFirstRow(client, selectedRow.ref)
      if (get().selected === selected && get().selectedRow === selectedRow)
        set({ selectedRow: row, hasMoved: row !== null })
    }
    const readAll = (spans: readonly Span[]) => {
      const { signal } = new AbortController()
      return Promise.all(spans.map((span) => read(span, signal)))
    }
    /** The same for all that is on the screen; where no row waits any more, nothing is moved. */
    const isElsewhere = (list: RunsList, shown: Shown) => {
      const { spans, answers, letIn } = shown
      const [total = 0] = answers.map((answer) => answer.total)
      if (letIn) return false
      if (total > list.total)
        return spans.some((span, index) => {
          const answer = answers[index]
          return answer !== undefined && isMoved(list, span, answer)
        })
      const wasMoved = shift !== 0
      shift = 0
      return wasMoved
    }

    return {
      view: 'all',
      text: '',
      sort: newestFirst,
      list: loading,
      isAsking: false,
      answered: () =>
        get().isAsking
          ? asking.then(() => current() !== null && listProblem(get()) === null)
          : null,
      newRows: 0,
      listed: null,
      selected: null,
      selectedRow: null,
      hasMoved: false,
      isPeeking: false,
      select: (selected) => {
        const row = current()?.rows.find((one) => rowKey(one) === selected) ?? null
        set({ selected, selectedRow: row, hasMoved: false })
      },
      peek: (isPeeking) => set({ isPeeking }),
      open: () => {
        const again = paced(refresh)
        const stops = [
          client.on('runs.changed', again),
          client.on('run.progressed', again),
          client.on('workspace.changed', () => void refresh()),
          every(lookAgainMs, () => void refresh()),
        ]
        void ask()
        return () => stops.forEach((stop) => stop())
      },
      show: ({ view, text, sort = newestFirst }) => {
        const state = get()
        const isSame = view === state.view && text === state.text && isSameSort(sort, state.sort)
        if (!isSame) void ask({ view, text, sort })
        else if (state.newRows > 0) {
          // Whoever comes back to the list reads nothing in it yet: rows that wait are let in.
          isLettingIn = true
          void refresh()
        }
      },
      hostIndexOf: (index) => Math.max(0, index + shift),
      ensure: (first, last) => pages.look({ first, last }),
      showNew: () => ask(),
      retry: () => ask(),
    }
  })
}

/** What is wrong with a list that is still shown; null when it is up to date. */
export function listProblem({ list }: RunsState): AppError | null {
  return list.kind === 'ready' ? list.problem : null
}
