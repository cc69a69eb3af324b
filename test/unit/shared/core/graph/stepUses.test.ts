import { describe, expect, test } from 'vitest'
import { readsOf, writesOf } from '../../../../../shared/core/graph/stepUses.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'

const definition = WorkflowDefinition.parse({
  name: 'uses',
  steps: {
    fetch: { run: 'true' },
    check: { run: 'true' },
    ship: {
      needs: ['fetch', 'check'],
      when: 'variables.ready && steps.check.status == "succeeded"',
      command: ['ship', '${{ inputs.order.id }}', '${{ steps.fetch.output.rows[0] }}'],
      workingFolder: 'out',
    },
    each: {
      forEach: '${{ inputs.list }}',
      module: './each.ts#one',
      with: { name: '${{ item.name }}' },
    },
    cycle: { needs: ['ship'], run: 'true' },
    told: { command: ['tell', '${{ run.id }} ${{ run.workflow }} ${{ run.version }} ${{ run }}'] },
    later: { wait: { until: 'variables.due' } },
    some: { forEach: { items: 'inputs.all' }, run: 'true' },
    odd: { when: 'failed() || key == "a"', run: 'true' },
  },
})

describe('what a step reads and writes', () => {
  test('[E169] its expressions, its needs and its files, each with its place', () => {
    expect(readsOf('ship', definition, 'ship')).toEqual([
      { kind: 'input', name: 'inputs.order.id', pointer: '/inputs/order/id' },
      { kind: 'step', name: 'steps.fetch.output.rows', pointer: '/steps/fetch/output/rows' },
      { kind: 'variable', name: 'variables.ready', pointer: '/variables/ready' },
      { kind: 'step', name: 'steps.check.status', pointer: '/steps/check/status' },
      {
        kind: 'file',
        name: 'out',
        pointer: '/workflow/definition/steps/ship/workingFolder',
      },
    ])
  })

  test('[E169] an item reads its own part, and what defines its step', () => {
    expect(
      readsOf('each[1]', definition, 'each').map(({ name, pointer }) => [name, pointer]),
    ).toEqual([
      ['item.name', '/steps/each[1]/item/name'],
      ['inputs.list', '/inputs/list'],
      ['./each.ts#one', '/workflow/definition/steps/each/module'],
    ])
  })

  test('[E169] a need that no expression looks at is read all the same', () => {
    expect(readsOf('cycle', definition, 'cycle')).toEqual([
      { kind: 'step', name: 'ship', pointer: '/steps/ship' },
    ])
    expect(readsOf('gone', definition, 'gone')).toEqual([])
  })

  test.each([
    [
      'told',
      [
        ['run.id', '/id'],
        ['run.workflow', '/workflow/name'],
        ['run.version', '/workflow/version'],
        ['run', null],
      ],
    ],
    ['later', [['variables.due', '/variables/due']]],
    ['some', [['inputs.all', '/inputs/all']]],
    ['odd', []],
  ])('[E169] what %s looks at of its run, its moment and its list', (step, uses) => {
    expect(readsOf(step, definition, step).map(({ name, pointer }) => [name, pointer])).toEqual(
      uses,
    )
  })

  test('[E169] its output is what it writes', () => {
    expect(writesOf('a.b/c')).toEqual([
      { kind: 'output', name: 'steps.a.b/c.output', pointer: '/steps/a.b~1c/output' },
    ])
  })
})
