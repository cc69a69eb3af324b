import { describe, expect, test } from 'vitest'
import { proposeMapping } from '../../../../../shared/core/resume/proposeMapping.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'

const workflow = (steps: object) => WorkflowDefinition.parse({ name: 'shop', steps })

/** Proposals as `was=now because`. */
function proposals(recorded: object | readonly string[], steps: object): readonly string[] {
  const before = Array.isArray(recorded) ? null : workflow(recorded)
  const names = before === null ? (recorded as readonly string[]) : Object.keys(before.steps) // the only other kind
  const current = workflow(steps)
  const missing = names.filter((step) => !Object.hasOwn(current.steps, step))
  const added = Object.keys(current.steps).filter((step) => !names.includes(step))
  return proposeMapping({ recorded: before, current, before: names, missing, added }).map(
    ({ was, now, because }) => `${was}=${now} ${because}`,
  )
}

describe('which step stands for one that is gone', () => {
  test('[M13] the one that is defined the same, else the one that does the same', () => {
    expect(
      proposals(
        { a: { run: 'x' }, b: { run: 'y', title: 'Y' } },
        { first: { run: 'x' }, second: { run: 'y', needs: ['first'] } },
      ),
    ).toEqual(['a=first definition', 'b=second command'])
  })

  test('[M13] else the one that is called alike, else the one in its place', () => {
    expect(
      proposals(['build', 'load', 'report'], {
        build: { run: '1' },
        loads: { run: '2' },
        summary: { run: '3' },
      }),
    ).toEqual(['load=loads name', 'report=summary position'])
    expect(
      proposals(['build', 'load', 'send', 'report'], {
        build: { run: '1' },
        collect: { run: '2' },
        send: { run: '3' },
        summary: { run: '4' },
      }),
    ).toEqual(['load=collect position', 'report=summary position'])
  })

  test('[M13] where two would fit, or one would stand for two, none is named', () => {
    const twice = { first: { run: 'x' }, second: { run: 'x' } }
    expect(proposals({ a: { run: 'x' }, b: { run: 'x' } }, twice)).toEqual([])
    expect(proposals({ abc: { run: 'x' } }, twice)).toEqual([])
    expect(proposals(['abc', 'uvw'], { first: { run: 'x' } })).toEqual([])
  })

  test('[M13] steps that are there under their own name are not spoken of', () => {
    expect(proposals({ a: { run: 'x' } }, { a: { run: 'other' }, b: { run: 'x' } })).toEqual([])
  })
})
