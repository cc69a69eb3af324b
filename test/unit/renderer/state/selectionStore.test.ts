import { expect, test } from 'vitest'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import type { SelectedRun } from '../../../../shared/contract/selection.ts'
import type { RunsQuestion } from '../../../../renderer/state/runsStore.ts'
import { pagedRows, placeRows } from '../../../../renderer/state/pagedRows.ts'
import { isChosen } from '../../../../renderer/state/selection.ts'
import { createSelectionStore, type ShownList } from '../../../../renderer/state/selectionStore.ts'
import { hostWith, until } from './hostWith.ts'
import { row } from './samples.ts'

const question: RunsQuestion = {
  view: 'all',
  text: '',
  filter: [],
  sort: { column: 'updatedAt', descending: true },
}

const idAt = (index: number) => `run-${index}`

/** A host of so many runs, of which the list holds the first page. */
function openedOn(count: number) {
  const asked: HandlerInput<'run.select'>[] = []
  let ids = Array.from({ length: count }, (_, index) => idAt(index))
  const host = hostWith({
    'run.select': async (input) => {
      asked.push(input)
      const named =
        input.documents === null ? ids : ids.filter((id) => input.documents?.includes(id))
      const found = named.filter((id) => !input.except.includes(id))
      const page = found.slice(input.offset, input.offset + Math.min(input.limit, 400))
      const next = input.offset + page.length
      return {
        rows: page.map(selected),
        nextOffset: next < found.length && page.length > 0 ? next : null,
        total: found.length,
        sizeBytes: found.length,
        able: { archive: found.length, unarchive: 0, trash: 0, migrate: 0, repair: 0 },
      }
    },
  })
  const store = createSelectionStore(host.client)
  store.getState().open()
  const rows = placeRows(
    pagedRows(count),
    0,
    Array.from({ length: Math.min(count, 50) }, (_, index) => row(idAt(index))),
  )
  const list: ShownList = { question, rows, hostIndexOf: (index) => index }
  const picked = () => {
    const { selection } = store.getState()
    return selection.kind === 'rows' ? [...selection.rows.keys()] : null
  }
  const settled = () => until(() => !store.getState().isReaching && store.getState().sum !== null)
  return {
    store,
    list,
    asked,
    picked,
    settled,
    host,
    remove: (id: string) => void (ids = ids.filter((one) => one !== id)),
  }
}

function selected(id: string): SelectedRun {
  return {
    format: 'unstuck',
    document: id,
    id,
    path: `runs/${id}.json`,
    status: 'failed',
    health: 'ok',
    liveness: 'none',
    archived: false,
    pinned: false,
    locked: false,
    sizeBytes: 1,
  }
}

test('[L114] a reach that goes back lets go of what it chose more, and keeps what was chosen before', async () => {
  const { store, list, picked } = openedOn(10)
  const { toggle, extend } = store.getState()
  toggle(row(idAt(9)), 9)
  toggle(row(idAt(2)), 2)

  await extend({ from: 2, to: 5 }, list)
  await extend({ from: 5, to: 3 }, list)

  expect(new Set(picked())).toEqual(new Set([idAt(9), idAt(2), idAt(3)]))
})

test('[L114] rows between that are not loaded are asked for, page by page', async () => {
  const { store, list, picked, settled, asked } = openedOn(2_000)
  store.getState().toggle(row(idAt(1)), 1)

  await store.getState().extend({ from: 1, to: 1_600 }, list)
  await settled()

  expect(new Set(picked())).toEqual(new Set(Array.from({ length: 1_600 }, (_, at) => idAt(at + 1))))
  expect(asked.map(({ offset, limit }) => [offset, limit])).toEqual([
    [1, 1_000],
    [401, 1_000],
    [801, 800],
    [1_201, 400],
  ])
})

test('[L115] what is loaded is chosen first, then all that match; what comes later is chosen too', async () => {
  const { store, list, picked, settled } = openedOn(2_000)

  store.getState().pickLoaded(list)
  expect(picked()).toHaveLength(50)
  store.getState().pickLoaded(list)
  store.getState().toggle(row(idAt(7)), 7)
  await settled()

  const { selection, sum } = store.getState()
  expect(sum).toMatchObject({ count: 1_999, able: { archive: 1_999 } })
  expect([idAt(7), 'came-later'].map((id) => isChosen(selection, id))).toEqual([false, true])
})

test('[L115] another order keeps it, another filter lets it go', () => {
  const { store } = openedOn(10)
  store.getState().pickMatching(question)

  store.getState().follow({ ...question, sort: { column: 'id', descending: false } })
  expect(store.getState().selection.kind).toBe('query')
  store.getState().follow({ ...question, text: 'etl' })
  expect(store.getState()).toMatchObject({ selection: { kind: 'rows' }, sum: { count: 0 } })
})

test('what is gone is not chosen any more', async () => {
  const { store, picked, host, remove } = openedOn(10)
  store.getState().toggle(row(idAt(1)), 1)
  store.getState().toggle(row(idAt(2)), 2)
  remove(idAt(1))

  host.emit('runs.changed', { runs: null })

  await until(() => picked()?.length === 1)
  expect(picked()).toEqual([idAt(2)])
})
