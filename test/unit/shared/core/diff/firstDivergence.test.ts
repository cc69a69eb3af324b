import { describe, expect, it } from 'vitest'
import { divergenceSentence } from '../../../../../shared/core/diff/divergenceSentence.ts'
import { firstDivergence } from '../../../../../shared/core/diff/firstDivergence.ts'
import { createRun } from '../../../../../shared/core/run/createRun.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'
import {
  began,
  definition,
  failed,
  moment,
  recordOf,
  started,
  succeeded,
} from '../run/sampleRun.ts'
import { deepFreeze } from './deepFreeze.ts'

type Made = {
  readonly id?: string
  readonly folder?: string
  readonly inputs?: Record<string, Json>
  readonly use?: WorkflowDefinition
}

/** A run of the sample's workflow: build → test → deploy, and notify beside test. */
function runOf(bodies: readonly object[], made: Made = {}): Run {
  const { id = 'release-20260102t030405-ab12', folder = '/srv', use = definition } = made
  const run = createRun({
    id: RunId.parse(id),
    definition: use,
    source: `${folder}/release.yaml`,
    digest: null,
    inputs: made.inputs ?? { target: 'staging' },
    at: moment(0),
    place: { user: 'ada', host: 'forge', folder, environment: [] },
    lineage: null,
  })
  const records = [{ type: 'runCreated', run }, started, ...bodies]
  const replayed = replay(records.map((body, index) => recordOf(body, index + 1)))
  if (replayed === null) throw new Error('The records bring no run.')
  return deepFreeze(replayed)
}

function step(name: string, output: Json = null): readonly object[] {
  return [began(name), succeeded(name, output)]
}

const good = runOf([
  ...step('build', { size: 7, at: 'noon' }),
  ...step('test'),
  ...step('notify'),
  ...step('deploy'),
])

describe('where two runs part', () => {
  it('[D52] the first step in dependency order whose output differs', () => {
    const bad = runOf([
      ...step('notify', 'late'),
      ...step('build', { size: 7, at: 'one' }),
      ...step('test', { passed: 3 }),
      ...step('deploy', 'x'),
    ])

    const divergence = firstDivergence(good, bad)

    expect(divergence.first).toEqual({
      step: 'test',
      part: 'output',
      path: '/steps/test/output',
      before: null,
      after: { passed: 3 },
    })
    expect(divergence.steps.map(({ step: name, verdict }) => [name, verdict])).toEqual([
      ['build', 'alike'],
      ['test', 'parted'],
      ['deploy', 'parted'],
      ['notify', 'parted'],
    ])
    expect(divergenceSentence(divergence)).toBe(
      'Both runs agree up to step build; at step test the output differs at /steps/test/output.',
    )
  })

  it('[D52] an item of a step before the step itself', () => {
    const use = WorkflowDefinition.parse({
      name: 'release',
      steps: { send: { run: 'mail', forEach: ['a', 'b', 'c'] } },
    })
    const sent = (second: string) =>
      runOf(
        [
          {
            type: 'stepWaiting',
            step: 'send',
            waitingOn: { kind: 'items', total: 3 },
            items: ['a', 'b', 'c'],
          },
          ...step('send[0]', 'ok'),
          ...step('send[1]', second),
          ...step('send[2]', 'ok'),
          succeeded('send', ['ok', second, 'ok']),
        ],
        { use },
      )

    const { first, steps } = firstDivergence(sent('ok'), sent('bounced'))

    expect(first).toMatchObject({ step: 'send[1]', part: 'output', before: 'ok', after: 'bounced' })
    expect(steps.map((aligned) => aligned.step)).toEqual(['send[0]', 'send[1]', 'send[2]', 'send'])
  })

  it('[D53] nowhere from itself, and nowhere by ids, times and folders alone', () => {
    const twin = runOf(
      [
        ...step('build', { size: 7, at: 'later' }),
        ...step('test'),
        ...step('notify'),
        ...step('deploy'),
      ],
      { id: 'release-20260103t030405-cd34', folder: '/home/ada' },
    )

    expect(firstDivergence(good, good)).toMatchObject({ first: null, inputs: null })
    expect(firstDivergence(good, twin)).toMatchObject({ first: null, inputs: null })
    expect(divergenceSentence(firstDivergence(good, twin))).toBe(
      'Both runs agree in all 4 steps. Only ids, times or folders differ.',
    )
  })

  it("[D53] nothing is said to differ where nothing does, and a step of neither run is nobody's", () => {
    const divergence = firstDivergence(good, good)
    expect(divergenceSentence(divergence)).toBe('Both runs agree in all 4 steps.')
    expect(divergence.steps.map(({ left, right }) => [left, right])).toEqual(
      Array.from({ length: 4 }, () => ['succeeded', 'succeeded']),
    )
  })

  it('[D53] an output that tells the id or the folder of its own run is the same, one that tells a short folder is not', () => {
    const [first, second] = ['release-20260102t030405-ab12', 'release-20260103t030405-cd34']
    const apart = firstDivergence(toldBy(first, '/srv'), toldBy(second, '/home/ada/deep'))
    const short = firstDivergence(toldBy(first, '/a'), toldBy(first, '/b'))

    expect(apart.first).toBeNull()
    expect(short.first).toMatchObject({ step: 'build', before: `/a/out/${first}.log` })
  })

  it('[D52] items in the order of their numbers, not of their names', () => {
    const names = ['send[10]', 'send[9]', 'send[2]']
    const use = WorkflowDefinition.parse({
      name: 'release',
      steps: { send: { run: 'mail', forEach: names } },
    })
    const run = runOf(
      names.flatMap((name) => step(name)),
      { use },
    )

    expect(firstDivergence(run, run).steps.map((aligned) => aligned.step)).toEqual([
      'send[2]',
      'send[9]',
      'send[10]',
      'send',
    ])
  })

  it('[D56] steps of a run whose workflow is not known are those that it has', () => {
    const foreign = { ...good, workflow: { ...good.workflow, definition: null } }
    const { steps, first } = firstDivergence(foreign, foreign)
    expect(first).toBeNull()
    expect(steps.map((aligned) => [aligned.step, aligned.left])).toEqual([
      ['build', 'succeeded'],
      ['test', 'succeeded'],
      ['deploy', 'succeeded'],
      ['notify', 'succeeded'],
    ])
  })

  it('[D58] by ids and times too, when they are asked for', () => {
    const later = runOf([...step('build', { size: 7, at: 'later' })])
    expect(firstDivergence(good, later, { exact: true }).first).toMatchObject({
      step: 'build',
      path: '/steps/build/output/at',
      before: 'noon',
      after: 'later',
    })
  })

  it('[D54] the definition before what came of it', () => {
    const use = WorkflowDefinition.parse({
      ...definition,
      steps: { ...definition.steps, test: { run: 'make check', needs: ['build'] } },
    })
    const bad = runOf([...step('build', { size: 7, at: 'noon' }), began('test'), failed('test')], {
      use,
    })

    expect(firstDivergence(good, bad).first).toEqual({
      step: 'test',
      part: 'definition',
      path: '/workflow/definition/steps/test/run',
      before: 'make test',
      after: 'make check',
    })
    expect(divergenceSentence(firstDivergence(good, bad))).toBe(
      'Both runs agree up to step build; at step test the definition differs at /workflow/definition/steps/test/run.',
    )
  })

  it('[D54] a key that only one definition of the step has is no step that the other has not', () => {
    const use = WorkflowDefinition.parse({
      ...definition,
      steps: {
        ...definition.steps,
        test: { run: 'make test', needs: ['build'], continueOnError: true },
      },
    })
    const other = runOf(step('build', { size: 7, at: 'noon' }), { use })
    const at = '/workflow/definition/steps/test/continueOnError'
    for (const pair of [firstDivergence(good, other), firstDivergence(other, good)])
      expect(divergenceSentence(pair)).toBe(
        `Both runs agree up to step build; at step test the definition differs at ${at}.`,
      )
  })

  it('[D54] what an item is about', () => {
    const use = WorkflowDefinition.parse({
      name: 'release',
      steps: { send: { run: 'mail', forEach: '${{ inputs.to }}' } },
    })
    const about = (item: string) => {
      const items = { type: 'stepWaiting', step: 'send', waitingOn: { kind: 'items', total: 1 } }
      return runOf([{ ...items, items: [item] }, ...step('send[0]')], { use })
    }
    expect(divergenceSentence(firstDivergence(about('ada'), about('bob')))).toBe(
      'The runs part at once: at step send[0] the item it is about differs at /steps/send[0]/item.',
    )
  })

  it('[D54] the status before the output, and the error of two that failed', () => {
    const first = [...step('build', { size: 7, at: 'noon' }), began('test')]
    const bad = runOf([...first, failed('test', 'boom')])
    const worse = runOf([...first, failed('test', 'bang')])

    expect(firstDivergence(good, bad).first).toMatchObject({
      step: 'test',
      part: 'status',
      path: '/steps/test/status',
      before: 'succeeded',
      after: 'failed',
    })
    expect(divergenceSentence(firstDivergence(good, bad))).toContain(
      'at step test the status differs: succeeded in the first run, failed in the second.',
    )
    expect(firstDivergence(bad, worse).first).toEqual({
      step: 'test',
      part: 'error',
      path: '/steps/test/attempts/0/error/message',
      before: 'boom',
      after: 'bang',
    })
    expect(divergenceSentence(firstDivergence(bad, worse))).toBe(
      'Both runs agree up to step build; at step test the error differs at /steps/test/attempts/0/error/message.',
    )
  })

  it('[D55] a step that one has not reached, only where nothing else differs', () => {
    const use = WorkflowDefinition.parse({
      name: 'release',
      steps: { one: { run: 'a' }, two: { run: 'b' } },
    })
    const all = runOf([...step('one'), ...step('two')], { use })
    const stuck = runOf([began('one'), began('two'), failed('two')], { use })
    const slow = runOf([began('one')], { use })

    expect(firstDivergence(all, stuck).first).toMatchObject({ step: 'two', part: 'status' })
    expect(firstDivergence(all, slow).first).toMatchObject({ step: 'one', after: 'running' })
    expect(firstDivergence(all, slow).steps.map(({ verdict }) => verdict)).toEqual([
      'unreached',
      'unreached',
    ])
  })

  it('[D56] a step of one run alone, where it stands in that one', () => {
    const steps = {
      build: { run: 'make' },
      deploy: { run: 'make deploy' },
      notify: { run: 'mail', needs: ['build'] },
      extra: { run: 'x' },
    }
    const other = runOf(step('build', { size: 7, at: 'noon' }), {
      use: WorkflowDefinition.parse({ name: 'release', steps }),
    })

    const { first, steps: aligned } = firstDivergence(good, other)

    expect(aligned.map((one) => [one.step, one.verdict])).toEqual([
      ['build', 'same'],
      ['test', 'only-left'],
      ['deploy', 'parted'],
      ['notify', 'unreached'],
      ['extra', 'only-right'],
    ])
    expect(first).toMatchObject({ step: 'test', path: '/workflow/definition/steps/test' })
    expect(divergenceSentence(firstDivergence(good, other))).toContain(
      'at step test the first run has a step that the second has not.',
    )
    expect(divergenceSentence(firstDivergence(other, good))).toContain(
      'at step test the second run has a step that the first has not.',
    )
  })

  it('[D57] a pointer into each run, where an item stands elsewhere', () => {
    const { first } = firstDivergence(
      built([
        { id: 'a', n: 1 },
        { id: 'b', n: 2 },
      ]),
      built([
        { id: 'x', n: 0 },
        { id: 'a', n: 1 },
        { id: 'b', n: 2 },
      ]),
    )
    expect(first).toEqual({
      step: 'build',
      part: 'output',
      path: '/steps/build/output/0',
      after: { id: 'x', n: 0 },
    })
  })

  it('[D59] other inputs beside the step, and runs of different workflows', () => {
    const other = runOf(step('build', { size: 8, at: 'noon' }), {
      inputs: { target: 'production' },
      use: WorkflowDefinition.parse({ ...definition, name: 'rollout' }),
    })

    const divergence = firstDivergence(good, other)

    expect(divergence).toMatchObject({
      sameWorkflow: false,
      inputs: { step: null, path: '/inputs/target', before: 'staging', after: 'production' },
      first: { step: 'build', path: '/steps/build/output/size' },
      agreedUpTo: null,
    })
    expect(divergenceSentence(divergence)).toBe(
      'These are runs of different workflows: steps of the same name are compared. They were started with other inputs, the first at /inputs/target. The runs part at once: at step build the output differs at /steps/build/output/size.',
    )
  })
})

/** A run whose output names its own id and folder. */
function toldBy(id: string, folder: string): Run {
  return runOf(step('build', `${folder}/out/${id}.log`), { id, folder })
}

function built(items: Json): Run {
  return runOf(step('build', items))
}
