import { expect, test } from 'vitest'
import { editRoute } from '../../../../renderer/state/editRoute.ts'
import { runRoute } from '../../../../renderer/state/route.ts'
import { ref } from './samples.ts'

const now = (run: string) => ({ ref: ref(run), checkpoint: null })
const changed = { path: '/a', from: null, before: '1', after: '2' }

test('[X93] a changed value is edited in the later run', () => {
  const route = editRoute({ left: now('good'), right: now('stuck') }, changed)
  expect(route).toEqual({ ...runRoute('stuck'), tab: 'state', pointer: '/a' })
})

test('[X93] a value that the later run has no more is edited in the earlier one', () => {
  const removed = { ...changed, after: null }
  const route = editRoute({ left: now('good'), right: now('stuck') }, removed)
  expect(route).toEqual({ ...runRoute('good'), tab: 'state', pointer: '/a' })
})

test('[X93] what a run was at a checkpoint is not edited', () => {
  const then = { ref: ref('stuck'), checkpoint: 'cp-3' }
  expect(editRoute({ left: then, right: then }, changed)).toEqual(null)
})
