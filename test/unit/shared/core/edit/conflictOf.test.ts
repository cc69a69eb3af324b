import { describe, expect, test } from 'vitest'
import { diff } from '../../../../../shared/core/diff/diff.ts'
import { conflictOf } from '../../../../../shared/core/edit/conflictOf.ts'
import { dependentsOf } from '../../../../../shared/core/edit/dependentsOf.ts'
import type { Edit } from '../../../../../shared/core/edit/edit.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { makeDefinition, makeRun, makeStep, step } from '../resume/makeRun.ts'

function said(edit: Edit, base: Json, now: Json): string | null {
  return conflictOf(edit, { base, now, changes: diff(base, now).changes })
}

const at = (path: string): Edit => ({ kind: 'remove', path })
const list = (...values: readonly number[]): Json => ({ list: values.map((n) => ({ n })) })

describe('conflictOf', () => {
  test.each<[string, Edit, Json, Json, string | null]>([
    ['the same', at('/a'), { a: 1 }, { a: 1, b: 2 }, null],
    ['another value', at('/a'), { a: 1 }, { a: 2 }, '/a was 1 and is 2 now.'],
    ['a value that came', at('/a'), {}, { a: 2 }, '/a was not there and is 2 now.'],
    ['a value that went', at('/a'), { a: 1 }, {}, '/a was 1 and is gone now.'],
    ['nothing before and after', at('/a'), { b: 1 }, { b: 2 }, null],
    [
      'an item that came elsewhere in its list',
      at('/list/0/n'),
      list(1, 2),
      list(1, 2, 3),
      'Items of /list came, went or moved: /list/0/n may be another one now.',
    ],
    ['a change inside another item', at('/list/0/n'), list(1, 2), list(1, 9), null],
    ['an item of another list', at('/a'), { a: 1, list: [] }, { a: 1, list: [1] }, null],
  ])('[N12] %s', (_, edit, base, now, expected) => {
    expect(said(edit, base, now)).toBe(expected)
  })

  test('[N12] a step that changed is told by its name', () => {
    const reset: Edit = { kind: 'reset', step: step('build'), dependents: false }
    const [was, is] = [{ steps: { build: 1 } }, { steps: { build: 2 } }]
    expect(said(reset, was, is)).toBe('The step build changed meanwhile.')
    expect(said(reset, was, { ...was, steps: { ...was.steps, mail: 1 } })).toBeNull()
  })
})

describe('dependentsOf', () => {
  const run = makeRun()

  test('[N10] what needs a step directly or through others comes in the order of dependency', () => {
    expect(dependentsOf(run, 'build')).toEqual(['charge', 'mail'])
    expect(dependentsOf(run, 'mail')).toEqual([])
    const bare = makeRun({ workflow: { ...run.workflow, definition: null } })
    expect(dependentsOf(bare, 'build')).toEqual([])
  })

  test('[N10] behind an item comes its step, and what needs that', () => {
    const definition = makeDefinition({
      all: { forEach: '${{ inputs.list }}' },
      behind: { needs: [step('all')] },
      beside: {},
    })
    const steps = { all: makeStep('waiting'), 'all[0]': makeStep('failed') }
    const items = makeRun({ workflow: { ...run.workflow, definition }, steps })
    expect(dependentsOf(items, 'all[0]')).toEqual(['all', 'behind'])
  })
})
