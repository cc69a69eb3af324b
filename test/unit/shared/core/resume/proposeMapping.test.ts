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

  test('[M13] a command is the same with the same inputs, whatever else differs', () => {
    expect(
      proposals(
        { a: calling('https://x', 'A'), b: calling('https://y', 'B') },
        { first: calling('https://y', 'C'), second: calling('https://x', 'D') },
      ),
    ).toEqual(['a=second command', 'b=first command'])
    expect(
      proposals(
        { a: readingFrom('1'), b: readingFrom('2') },
        { first: { ...readingFrom('2'), title: 'T' }, second: { ...readingFrom('1'), title: 'T' } },
      ),
    ).toEqual(['a=second command', 'b=first command'])
  })

  test('[M13] a place is between the nearest steps that stayed', () => {
    expect(
      proposals(['aaa', 'keep', 'zzz', 'stay'], inOrder('uuu', 'keep', 'vvv', 'stay')),
    ).toEqual(['aaa=uuu position', 'zzz=vvv position'])
    expect(proposals(['keep', 'zzz', 'stay'], inOrder('keep', 'stay', 'vvv'))).toEqual([])
    expect(proposals(['keep', 'zzz', 'stay'], inOrder('vvv', 'keep', 'stay'))).toEqual([])
    expect(proposals(['keep', 'aaa', 'zzz', 'stay'], inOrder('keep', 'vvv', 'stay'))).toEqual([])
    const steps = ['one', 'zzz', 'two', 'three']
    expect(proposals(steps, inOrder('three', 'vvv', 'two', 'one'))).toEqual([])
    expect(proposals(steps, inOrder('one', 'vvv', 'three', 'two'))).toEqual([])
    expect(
      proposals(['keep', 'zzz', 'stay', 'aaa', 'end'], inOrder('keep', 'vvv', 'stay', 'end')),
    ).toEqual(['zzz=vvv position'])
    expect(
      proposals(['one', 'aaa', 'two', 'three'], inOrder('one', 'two', 'vvv', 'three')),
    ).toEqual([])
  })

  test('[M13] a new step that two want is named for neither', () => {
    expect(
      proposals(
        { aaaa: { run: 'x' }, keep: { run: 'k' }, zzzz: { run: 'x' } },
        { only: { run: 'x', title: 'T' }, keep: { run: 'k' } },
      ),
    ).toEqual(['aaaa=only position'])
    expect(
      proposals(
        { a: { run: 'x' }, b: { run: 'y' } },
        { first: { run: 'x' }, second: { run: 'z' } },
      ),
    ).toEqual(['a=first definition', 'b=second position'])
  })
})

function calling(url: string, title: string) {
  return { http: { url }, title }
}

function readingFrom(stdin: string) {
  return { run: 'x', stdin }
}

function inOrder(...names: string[]) {
  return Object.fromEntries(names.map((name) => [name, { run: name }]))
}
