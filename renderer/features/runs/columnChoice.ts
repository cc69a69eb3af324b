// The columns of the list as words: `id`, `id:180` with a width, `id!` also where there is no room. Those left out are hidden.
import { inOrder, plainLayout, resizeColumn, type TableLayout } from '../../ui/tableLayout.ts'

type Named = { readonly id: string }

/** Null: as they are at first. */
export function choiceOf(layout: TableLayout, columns: readonly Named[]): readonly string[] | null {
  const { shown, widths } = layout
  const chosen = inOrder(columns, layout.order)
    .filter(({ id }) => shown[id] !== false)
    .map(({ id }) => {
      const width = widths[id]
      return `${id}${shown[id] === true ? '!' : ''}${width === undefined ? '' : `:${width}`}`
    })
  return chosen.join() === columns.map(({ id }) => id).join() ? null : chosen
}

/** What is no column of the list, as of another version, is left out; with nothing left all are as at first. */
export function layoutOf(choice: readonly string[], columns: readonly Named[]): TableLayout {
  const words = choice.flatMap((word) => {
    const [, id, always, width] = /^(\w+)(!?)(?::(\d{1,4}))?$/.exec(word) ?? []
    const isKnown = columns.some((column) => column.id === id)
    return id === undefined || !isKnown ? [] : [{ id, isAlways: always === '!', width }]
  })
  if (words.length === 0) return plainLayout
  const order = words.map(({ id }) => id)
  const hidden = columns.filter(({ id }) => !order.includes(id))
  const always = words.filter(({ isAlways }) => isAlways)
  const shown = {
    ...Object.fromEntries(hidden.map(({ id }) => [id, false])),
    ...Object.fromEntries(always.map(({ id }) => [id, true])),
  }
  return words.reduce<TableLayout>(
    (layout, { id, width }) =>
      width === undefined ? layout : resizeColumn(layout, id, Number(width)),
    { ...plainLayout, order, shown },
  )
}
