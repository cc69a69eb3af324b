import { describe, expect, test } from 'vitest'
import { readableOf } from '../../../../../shared/core/repair/readableOf.ts'
import type { RecordBody } from '../../../../../shared/schema/journal.ts'
import { at } from '../resume/makeRun.ts'
import { filesOf, history, planFor } from './storedRun.ts'

/** A run whose files are sound and whose records say this. */
function edited(path: string, value: unknown): RecordBody {
  const patch = [{ op: 'replace' as const, path, value }]
  return { type: 'edited', patch, by: 'ada', reason: null }
}

const odd = filesOf([
  ...history,
  edited('/finishedAt', at(7)),
  edited('/steps/charge/skippedBy', 'person'),
])
const marks = 'The mark that charge was skipped goes, because it is running.'
const end = 'The end of the run goes, because it is running.'
const withoutEnd = { op: 'replace', path: '/finishedAt', value: null }
const withoutMark = { op: 'replace', path: '/steps/charge/skippedBy', value: null }

describe('the plan for a run that contradicts itself in sound files', () => {
  test.each([null, 'head'])('[R60] [R76] is an edit with its reasons, from %s', (source) => {
    const { plan, outcome } = planFor(odd, { source })
    expect(plan).toMatchObject({
      source: 'head',
      recommended: {
        source: 'head',
        why: 'The files are sound: only what the run says is set right.',
      },
      fixes: [
        {
          id: 'I11@/steps/charge/skippedBy',
          sentence: marks,
          confidence: 'certain',
          accepted: true,
          reason: 'I11: The step charge is running, but is marked as skipped by person.',
          file: 'head',
          line: 21,
          column: 216,
        },
        { id: 'I4@/finishedAt', sentence: end, confidence: 'likely', line: 12, column: 15 },
      ],
      changes: [
        { kind: 'changed', path: '/finishedAt', before: at(7), after: null },
        { kind: 'changed', path: '/steps/charge/skippedBy', before: 'person', after: null },
      ],
      damage: [],
      places: [
        { fix: 'I11@/steps/charge/skippedBy', line: 21 },
        { fix: 'I4@/finishedAt', line: 12 },
      ],
      inDoubt: [],
      lost: null,
      problems: [],
      ready: true,
    })
    expect(plan.fixes.map((fix) => 'isOptional' in fix)).toEqual([false, false])
    expect(outcome).toMatchObject({
      cutJournalTo: null,
      continueAfterSeq: null,
      dropped: null,
      lost: null,
      isStateOnly: true,
      edit: { patch: [withoutEnd, withoutMark], reason: `${marks} ${end}` },
    })
    expect(outcome?.edit?.run).toMatchObject({ finishedAt: null, status: 'running' })
    expect(plan.writes[2]?.sentence).toBe(
      'Two records are added: the repair, and an edit with its reasons.',
    )
  })

  test('[R60] writes the head anew as well, where a person chooses the journal', () => {
    const { plan, outcome } = planFor(odd, { source: 'journal' })
    expect(plan.fixes.map(({ id }) => id)).toEqual([
      'R1',
      'I11@/steps/charge/skippedBy',
      'I4@/finishedAt',
    ])
    expect(outcome).toMatchObject({
      isStateOnly: false,
      edit: { patch: [withoutEnd, withoutMark] },
    })
    expect(plan.writes[2]?.sentence).toBe(
      'Three records are added: what was repaired, and the whole state, then an edit with its reasons.',
    )
  })

  test('[R72] leaves out what is rejected', () => {
    const { plan, outcome } = planFor(odd, { rejected: ['I4@/finishedAt'] })
    expect(plan.fixes.map(({ accepted }) => accepted)).toEqual([true, false])
    expect(outcome?.edit).toMatchObject({ patch: [withoutMark], reason: marks })
    expect(outcome?.edit?.run.finishedAt).toBe(at(7))
    const all = ['I4@/finishedAt', 'I11@/steps/charge/skippedBy']
    expect(planFor(odd, { rejected: all })).toMatchObject({
      plan: { ready: false, problems: ['Every fix is rejected: nothing would change.'] },
      outcome: null,
    })
  })

  test.each([
    [
      '/steps/charge/attempts/0/number',
      7,
      'Nothing of this can be repaired. Attempt 1 of charge has the number 7. Logs are named by the numbers of attempts: another number would part them.',
    ],
    [
      '/steps/charge/status',
      'skipped',
      'Nothing of this can be repaired. The step charge was skipped, and nothing says why. Nothing in the run tells what is true.',
    ],
  ])('[R12] says why nothing can be done about %s', (path, value, problem) => {
    const { plan, outcome } = planFor(filesOf([...history, edited(path, value)]))
    expect(plan).toMatchObject({ sources: [], fixes: [], problems: [problem], ready: false })
    expect(outcome).toBeNull()
  })

  test('[R71] [R79] sets times right that are still to come, where it is told what time it is', () => {
    const files = filesOf([...history, edited('/startedAt', '2030-01-01T00:00:00.000Z')])
    const { plan, outcome } = planFor(files, { now: at(600) })
    expect(plan.findings.map(({ rule, pointer }) => [rule, pointer])).toEqual([
      ['I79', '/startedAt'],
    ])
    expect(outcome?.edit?.patch).toEqual([{ op: 'replace', path: '/startedAt', value: at(0) }])
    expect(planFor(files).plan.problems).toEqual([
      'Nothing is damaged: there is nothing to repair.',
    ])
  })
})

test('[R75] of a long line that is damaged the beginning is shown', () => {
  const said = 'What can be read of it, and is not taken: '
  expect(readableOf(undefined)).toBeNull()
  expect(readableOf(Buffer.from('@'))).toBe('Nothing of it can be read.')
  expect(ofLength(200)).toBe(`${said}"${'x'.repeat(198)}"`)
  expect(ofLength(201)).toBe(`${said}"${'x'.repeat(199)}…`)
})

function ofLength(length: number): string | null {
  return readableOf(Buffer.from(`"${'x'.repeat(length - 2)}"`))
}
