import { assert, constantFrom, integer, jsonValue, property } from 'fast-check'
import { expect, test } from 'vitest'
import { encodeLine, encodeLineSteps, readLine } from '../../../../electron/store/journalLine.ts'
import { runSteps, runStepsInTurns } from '../../../../electron/store/steps.ts'
import { encodeHead, encodeHeadSteps } from '../../../../shared/core/codec/encodeHead.ts'
import type { RecordBody } from '../../../../shared/schema/journal.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { sampleRun } from '../../../conformance/cases/fixtures.ts'
import { sha256 } from '../../../bench/sha256.ts'
import { createdAt } from './storeFixtures.ts'

const link = { seq: 2, at: createdAt, epoch: 1, prev: '0'.repeat(32) }

/** A run with so many steps and checkpoints, with keys that no schema looks at. */
function runOf(count: number, odd: Readonly<Record<string, unknown>> = {}): Run {
  const run = sampleRun()
  const names = Array.from({ length: count }, (_, index) => `s${index}`)
  const steps = Object.fromEntries(names.map((name) => [name, withOdd(state, odd)]))
  const checkpoints = names.map((_, index) =>
    withOdd({ ...checkpoint, id: `cp-${index + 1}` }, odd),
  )
  const defined = Object.fromEntries(names.map((name) => [name, withOdd({ run: 'true' }, odd)]))
  const definition = withOdd({ name: 'many', steps: defined }, odd)
  const workflow = { ...run.workflow, definition }
  return { ...run, steps, checkpoints, workflow } as unknown as Run // built of pieces that fit
}

const state = {
  status: 'succeeded',
  attempts: [],
  output: { a: [1, null] },
  waitingOn: null,
  skippedBy: null,
}
const checkpoint = {
  at: createdAt,
  seq: 1,
  parent: null,
  name: 'start',
  trigger: 'manual',
  step: null,
  progress: 0.5,
}

/** With keys of its own, `__proto__` among them. */
function withOdd(value: object, odd: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries([...Object.entries(value), ...Object.entries(odd)])
}

test('[T138] a record that carries a run is read back a few entries at a time, to what a reader finds', () => {
  const keys = constantFrom('note', '__proto__', 'toString', 'sum', 'beside')
  assert(
    property(integer({ min: 0, max: 350 }), keys, jsonValue(), (count, key, value) => {
      const run = runOf(count, Object.fromEntries([[key, JSON.parse(JSON.stringify(value))]]))
      const body: RecordBody = { type: 'keyframe', run }

      const line = encodeLine(body, link)

      const inTurns = runSteps(encodeLineSteps(body, link))

      expect(readLine(line.bytes.subarray(0, -1))).toEqual({
        kind: 'record',
        item: { kind: 'known', record: line.record },
      })
      expect([inTurns.record, Buffer.from(inTurns.bytes)]).toEqual([
        line.record,
        Buffer.from(line.bytes),
      ])
    }),
    { seed: 670, numRuns: 25 },
  )
})

const fitting = runOf(250)
const { workflow } = fitting
const wrongs: readonly (readonly [string, RegExp, unknown])[] = [
  ['a step', /steps\/s240/, { steps: { ...fitting.steps, s240: { status: 'sleeping' } } }],
  ['its steps', /run\/steps/, { steps: [] }],
  ['a checkpoint', /checkpoints\/250\/id/, { checkpoints: [...fitting.checkpoints, { at: 7 }] }],
  ['its checkpoints', /run\/checkpoints/, { checkpoints: {} }],
  [
    'a defined step',
    /definition\/steps\/a/,
    { workflow: { ...workflow, definition: { name: 'x', steps: { a: { needs: 7 } } } } },
  ],
  ['its workflow', /run\/workflow/, { workflow: 'x' }],
  ['its definition', /workflow\/definition/, { workflow: { ...workflow, definition: 'x' } }],
  ['the run itself', /run\/status/, { status: 'asleep' }],
  ['a name', /No step may be named __proto__/, { steps: withOdd({}, { ['__proto__']: state }) }],
]

test.each(wrongs)(
  '[T138] a run of which %s does not fit its schema is refused, at once or with pauses, and where it is wrong is said',
  (_what, place, wrong) => {
    const run = { ...fitting, ...Object(wrong) }
    const body = { type: 'keyframe', run } as RecordBody // it is wrong

    expect(() => encodeLine(body, link)).toThrow(place)
    expect(() => runSteps(encodeLineSteps(body, link))).toThrow(place)
  },
)

test('[T138] a record that carries no run where it should is refused with pauses too', () => {
  const body = { type: 'keyframe', run: 'x' } as unknown as RecordBody // it is wrong

  expect(() => runSteps(encodeLineSteps(body, link))).toThrow(/record, at \/run/)
})

test('[T139] the head that is written with pauses has the bytes of one written in one go', async () => {
  const run = runOf(700, { note: 'kept' })

  expect(await runStepsInTurns(encodeHeadSteps(run, sha256))).toBe(encodeHead(run, sha256))
})

test('[T139] others have their turns while the records and the head of a large run are written', async () => {
  const run = runOf(10_000)
  const pieces = [encodeLineSteps({ type: 'keyframe', run }, link), encodeHeadSteps(run, sha256)]

  const counts = pieces.map((steps) => {
    let count = 0
    while (steps.next().done !== true) count += 1
    return count
  })

  expect(Math.min(...counts)).toBeGreaterThan(100)
})
