import { expect, it } from 'vitest'
import { columns } from '../../../../../renderer/features/runs/columns.tsx'
import { RunSort } from '../../../../../shared/contract/runs.ts'

it('[L300] every column but tags and note is sorted by what it shows', () => {
  const sortable: readonly string[] = RunSort.shape.column.options
  expect(columns.map(({ id }) => id).filter((id) => !sortable.includes(id))).toEqual(['marks'])
  const ofDuration = columns.find(({ header }) => header === 'Duration')
  expect(ofDuration?.id).toBe('duration')
})
