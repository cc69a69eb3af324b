import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { planEdit } from '../../shared/core/edit/planEdit.ts'
import { planUndo } from '../../shared/core/edit/planUndo.ts'
import { stateOf } from '../../shared/core/edit/stateOf.ts'
import { Edit } from '../../shared/core/edit/edit.ts'
import { check } from '../../shared/core/integrity/check.ts'
import { isEqualJson } from '../../shared/core/diff/jsonShape.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { pointer } from '../../shared/schema/pointer.ts'
import { Run, runAsJson } from '../../shared/schema/run.ts'
import { failedRun, journal } from '../unit/shared/core/edit/editedRuns.ts'
import { moment, readingOf, recordOf } from '../unit/shared/core/run/sampleRun.ts'
import { json, text } from './arbitraryRun.ts'

const key = fc.oneof(
  text,
  fc.constantFrom('amount', 'options', 'tries', 'a/b~c', '__proto__', '0', '-'),
)
const path = fc.oneof(
  fc
    .tuple(fc.constantFrom('inputs', 'variables'), fc.array(key, { maxLength: 3 }))
    .map(([area, rest]) => pointer(area, ...rest)),
  fc
    .tuple(fc.constantFrom('read', 'charge', 'each'), fc.array(key, { maxLength: 2 }))
    .map(([step, rest]) => pointer('steps', step, 'output', ...rest)),
  fc.array(key, { minLength: 1, maxLength: 3 }).map((parts) => pointer(...parts)),
)
const value = json.map((one) => JSON.stringify(one))
const step = fc.constantFrom('read', 'charge', 'sign', 'each', 'mail', 'nobody')
const edit: fc.Arbitrary<Edit> = fc
  .oneof(
    fc.record({ kind: fc.constantFrom('set', 'add'), path, json: value }),
    fc.record({ kind: fc.constant('remove'), path }),
    fc.record({ kind: fc.constant('rename'), path, name: key }),
    fc.record({ kind: fc.constant('succeed'), step, json: value }),
    fc.record({ kind: fc.constant('fail'), step, message: fc.constant('no') }),
    fc.record({ kind: fc.constant('skip'), step }),
    fc.record({ kind: fc.constant('reset'), step, dependents: fc.boolean() }),
  )
  .map((one) => Edit.parse(one))
const edits = fc.array(edit, { minLength: 1, maxLength: 5 })
const runs = { numRuns: 2000, seed: 20260102 }

const plan = (given: readonly Edit[]) =>
  planEdit({
    run: failedRun,
    edits: given,
    asOf: moment(50),
    held: null,
    traces: {},
    base: null,
  })

test('[N2] [N14] a plan that is ready leaves a run of the schema without a new contradiction, the one that its record replays to', () => {
  let ready = 0
  fc.assert(
    fc.property(edits, (given) => {
      const { outcome } = plan(given)
      if (outcome === null) return
      ready += 1
      const record = recordOf({ type: 'edited', patch: outcome.patch, by: 'ada', reason: 'x' }, 11)
      const after = replay([record], { from: failedRun })
      expect(after !== null && isEqualJson(stateOf(after), stateOf(outcome.run))).toBe(true)
      expect(Run.safeParse(runAsJson(outcome.run)).success).toBe(true)
      expect(check(outcome.run).filter(({ severity }) => severity === 'error')).toEqual([])
    }),
    runs,
  )
  expect(ready).toBeGreaterThan(200)
})

test('[N15] an edit and its undo leave the run as it was', () => {
  fc.assert(
    fc.property(edits, (given) => {
      const { outcome } = plan(given)
      if (outcome === null) return
      const record = recordOf({ type: 'edited', patch: outcome.patch, by: 'ada', reason: 'x' }, 11)
      const records = [...journal, record]
      const after = replay(records) ?? failedRun
      const undo = planUndo(readingOf(records), after, null)
      if (undo.kind === 'refused') throw new Error(undo.sentence)
      const back = recordOf(
        { type: 'edited', patch: undo.patch, by: 'a', reason: 'u', undoes: 11 },
        12,
      )
      const before = replay([back], { from: after })
      expect(before !== null && isEqualJson(stateOf(before), stateOf(failedRun))).toBe(true)
    }),
    runs,
  )
})

test('[N12] edits that were staged on the run as it is have no conflict', () => {
  fc.assert(
    fc.property(edits, (given) => {
      const base = { seq: failedRun.journal.seq, run: failedRun }
      const { plan: shown } = planEdit({
        run: failedRun,
        edits: given,
        asOf: moment(50),
        held: null,
        traces: {},
        base,
      })
      expect(shown.meanwhile).toBeNull()
      expect(shown.rows.every(({ conflict }) => conflict === null)).toBe(true)
    }),
    { ...runs, numRuns: 300 },
  )
})
