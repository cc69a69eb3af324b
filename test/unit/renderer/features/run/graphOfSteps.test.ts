import { expect, test } from 'vitest'
import { StepView } from '../../../../../shared/contract/runs.ts'
import { graphOfSteps, pathOf } from '../../../../../renderer/features/run/graphOfSteps.ts'
import { step } from '../../state/samples.ts'

const done = { nowMs: null, isComplete: true } as const

test('[L31] the path leads to what failed, through what ended last', () => {
  const steps = [
    view('a', { finishedAt: at(1) }),
    view('fast', { needs: ['a'], finishedAt: at(2) }),
    view('slow', { needs: ['a'], finishedAt: at(9) }),
    view('join', { needs: ['fast', 'slow'], status: 'failed', finishedAt: at(10) }),
    view('after', { needs: ['join'], status: 'skipped', skippedBy: 'dependency' }),
  ]
  expect(pathOf(steps)).toEqual(['a', 'slow', 'join'])
})

test('[L31] a need that has not ended well comes before one that ended late', () => {
  const steps = [
    view('late', { finishedAt: at(9) }),
    view('gate', { status: 'failed', finishedAt: at(1) }),
    view('doubt', { status: 'running', inDoubt: true, needs: ['late', 'gate'] }),
  ]
  expect(pathOf(steps.toReversed())).toEqual(['gate', 'doubt'])
})

test('[L31] what is completed leads to what ended last; before anything began there is no path', () => {
  const steps = [view('a', { finishedAt: at(1) }), view('b', { needs: ['a'], finishedAt: at(3) })]
  expect(pathOf(steps)).toEqual(['a', 'b'])
  expect(pathOf([view('a', { status: 'pending' })])).toEqual([])
})

test('[L31] a cycle has an end', () => {
  const steps = [
    view('a', { needs: ['b'], status: 'failed' }),
    view('b', { needs: ['a'], status: 'pending' }),
  ]
  expect(pathOf(steps)).toEqual(['b', 'a'])
})

test('[L32] items are one node with their number, and an undefined need is a node too', () => {
  const steps = [
    view('each', { items: { succeeded: 2, failed: 1 }, needs: ['gone'] }),
    view('each[0]', {}),
    view('each[1]', {}),
    view('next', { needs: ['each', 'each'], status: 'pending', when: 'inputs.go' }),
  ]
  const { nodes, shape } = graphOfSteps(steps, done)

  expect(nodes.map(({ id, count, status, isBegun }) => [id, count, status, isBegun])).toEqual([
    ['each', 3, 'succeeded', true],
    ['next', null, 'pending', false],
    ['gone', null, 'not-defined', false],
  ])
  expect(shape.edges).toEqual([
    { from: 'gone', to: 'each' },
    { from: 'each', to: 'next' },
  ])
  expect(nodes.map(({ note }) => note)).toEqual(['2 of 3 done, 1 failed', null, null])
  expect(nodes[1]?.sentence).toBe(
    'next: pending. Runs only if inputs.go. Needs each, each. Nothing needs it.',
  )
})

test('[L32] while steps are still to be read no need is called missing', () => {
  const { nodes, shape } = graphOfSteps([view('b', { needs: ['a'] })], {
    ...done,
    isComplete: false,
  })
  expect(nodes.map(({ id }) => id)).toEqual(['b'])
  expect(shape.edges).toEqual([])
})

function view(id: string, change: object): StepView {
  return StepView.parse({ ...step(id), ...change })
}

function at(second: number): string {
  return `2026-01-02T03:00:${String(second).padStart(2, '0')}.000Z`
}
