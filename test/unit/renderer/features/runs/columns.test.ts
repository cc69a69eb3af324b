import { createElement, Fragment } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { columns } from '../../../../../renderer/features/runs/columns.tsx'
import { RunSort, type RunRow } from '../../../../../shared/contract/runs.ts'
import { row } from '../../state/samples.ts'

it('[L300] every column but tags and note is sorted by what it shows', () => {
  const sortable: readonly string[] = RunSort.shape.column.options
  expect(columns.map(({ id }) => id).filter((id) => !sortable.includes(id))).toEqual(['marks'])
  const ofDuration = columns.find(({ header }) => header === 'Duration')
  expect(ofDuration?.id).toBe('duration')
})

it('[L273] the tooltip of a run in the list is its id, and below it its colour, tags and note', () => {
  const marks = { colour: 'red', tags: ['eu', 'payments'], note: 'ask Ada\nfirst' }
  const said = 'pay-1\nred\neu, payments\nask Ada\nfirst'
  expect(tooltipsOf(row('pay-1', { marks }))).toEqual([said, said])
  const noted = { colour: null, tags: [], note: 'ask Ada' }
  expect(new Set(tooltipsOf(row('pay-1', { marks: noted })))).toEqual(new Set(['pay-1\nask Ada']))
  expect(new Set(tooltipsOf(row('pay-1')))).toEqual(new Set(['pay-1']))
})

/** Of the cell and of what lies in it: the innermost is what a pointer shows. */
function tooltipsOf(run: RunRow): readonly (string | undefined)[] {
  const cell = columns.find(({ id }) => id === 'id')?.cell(run)
  const markup = renderToStaticMarkup(createElement(Fragment, null, cell))
  return [...markup.matchAll(/ title="([^"]*)"/g)].map(([, title]) => title)
}
