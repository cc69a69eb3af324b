import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff } from '../../shared/core/diff/applyDiff.ts'
import { createBlame } from '../../shared/core/diff/blame.ts'
import { countChanges, diff } from '../../shared/core/diff/diff.ts'
import { firstDivergence } from '../../shared/core/diff/firstDivergence.ts'
import { outline } from '../../shared/core/diff/outline.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { resolvePointer } from '../../shared/core/tree/jsonTree.ts'
import { pointer } from '../../shared/schema/pointer.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { Json } from '../../shared/schema/json.ts'
import { runAsJson, type Run } from '../../shared/schema/run.ts'
import { deepFreeze } from '../unit/shared/core/diff/deepFreeze.ts'
import { journal, json } from './arbitraryRun.ts'

const settings = { seed: 20260102, numRuns: 250 } as const

const runs = journal.map((records) => replay(records)).filter((run) => run !== null)

/** The same run at another time, under another id, in another folder and by other processes. */
function elsewhere(run: Run): Run {
  const steps = Object.entries(run.steps).map(([name, state]) => [
    name,
    {
      ...state,
      attempts: state.attempts.map((attempt) => ({
        ...attempt,
        startedAt: '2027-05-06T07:08:09.000Z',
        process: { pid: 7, startTime: 'then', processGroup: 7 },
      })),
    },
  ])
  return {
    ...run,
    id: RunId.parse('elsewhere-20270506t070809-zz99'),
    createdAt: '2027-05-06T07:08:09.000Z',
    updatedAt: '2027-05-06T07:08:09.000Z',
    place: { ...run.place, folder: '/else/where' },
    steps: Object.fromEntries(steps) as Run['steps'], // the same names
  }
}

describe('where two runs part', () => {
  it('[D53] a run does not part from itself, nor from itself at another time and place', () => {
    fc.assert(
      fc.property(runs, (run) => {
        deepFreeze(run)
        for (const other of [run, elsewhere(run)])
          expect(firstDivergence(run, other)).toMatchObject({ first: null, inputs: null })
      }),
      settings,
    )
  })

  it('[D57] what it names differs, and is found by its pointer', () => {
    fc.assert(
      fc.property(runs, runs, (left, right) => {
        const { first } = firstDivergence(left, right, { exact: true })
        if (first === null || first.part === 'status') return
        expect(isDeepStrictEqual(first.before, first.after)).toBe(false)
        if (first.after !== undefined && first.part !== 'error')
          expect(resolvePointer(runAsJson(right), first.path)).toEqual(first.after)
        if (first.before !== undefined && first.part !== 'error')
          expect(resolvePointer(runAsJson(left), first.from ?? first.path)).toEqual(first.before)
      }),
      settings,
    )
  })
})

describe('blame', () => {
  const places = [
    '',
    '/steps',
    '/variables',
    '/status',
    '/decisions',
    '/steps/test[0]/item',
    '/inputs',
  ]
  const steps = ['build', 'test', 'deploy'].flatMap((step) => [
    pointer('steps', step),
    pointer('steps', step, 'status'),
    pointer('steps', step, 'output'),
  ])
  const path = fc.constantFrom(...places, ...steps, '/variables/a', '/variables/__proto__')

  it('[D61] of a path names the records whose replay changed that value', () => {
    fc.assert(
      fc.property(journal, path, (records, at) => {
        const [blame, quick] = [createBlame(at), createBlame(at, () => false)]
        for (const item of deepFreeze(records)) {
          blame.add(item)
          quick.add(item)
        }
        const expected: number[] = []
        let value: Json | undefined
        records.forEach((item, index) => {
          const run = replay(records.slice(0, index + 1))
          const next = run === null ? undefined : lookAt(run, at)
          if (!isDeepStrictEqual(next, value)) expected.push(item.record.seq)
          value = next
        })
        expect(blame.changes().map(({ item }) => item.record.seq)).toEqual(expected)
        expect(quick.changes().map(({ item }) => item.record.seq)).toEqual(expected)
      }),
      settings,
    )
  })
})

describe('outline', () => {
  it('[D51] holds the same changes, and passes over every child that is as it was', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const { changes, counts } = diff(before, after)
        const { rows } = outline(deepFreeze(before), deepFreeze(after), deepFreeze(changes))
        const told = rows.map(({ change }) => change)
        expect(isDeepStrictEqual(applyDiff(before, told), after)).toBe(true)
        expect(countChanges(told)).toEqual(counts)
      }),
      { ...settings, numRuns: 1000 },
    )
  })
})

function lookAt(run: Run, at: string): Json | undefined {
  const { journal: _journal, checkpoints: _checkpoints, updatedAt: _updatedAt, ...rest } = run
  return resolvePointer(at === '' ? (rest as unknown as Json) : runAsJson(run), at) // a run is JSON
}
