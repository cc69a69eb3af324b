import { expect, it } from 'vitest'
import { planUndo } from '../../../../../shared/core/edit/planUndo.ts'
import { stateOf } from '../../../../../shared/core/edit/stateOf.ts'
import { journal, plan, runOf, set } from './editedRuns.ts'
import { checkpoint, readingOf, recordOf } from '../run/sampleRun.ts'

type Records = typeof journal

function withEdit(records: Records, ...edits: readonly object[]): Records {
  const { outcome } = plan(edits, { run: runOf(records) })
  const body = { type: 'edited', patch: outcome?.patch, by: 'ada', reason: 'why' }
  return [...records, recordOf(body, records.length + 1)]
}

function undo(records: Records, seq: number | null = null) {
  return planUndo(readingOf(records), runOf(records), seq)
}

function withUndo(records: Records, seq: number | null = null): Records {
  const planned = undo(records, seq)
  if (planned.kind === 'refused') throw new Error(planned.sentence)
  const { patch, seq: undoes } = planned
  const body = { type: 'edited', patch, by: 'ada', reason: 'undo', undoes }
  return [...records, recordOf(body, records.length + 1)]
}

const once = withEdit(journal, set('/inputs/amount', 42), { kind: 'reset', step: 'read' })

it('[N15] the undo of an edit makes the run what it was', () => {
  expect(stateOf(runOf(withUndo(once)))).toEqual(stateOf(runOf(journal)))
})

it('[N15] edits are undone one after the other, the last one first', () => {
  const twice = withEdit(once, set('/variables/tries', 5))
  const back = withUndo(withUndo(twice))

  expect(undo(twice)).toMatchObject({ kind: 'ready', seq: 12 })
  expect(stateOf(runOf(back))).toEqual(stateOf(runOf(journal)))
  expect(undo(back)).toMatchObject({
    kind: 'refused',
    sentence: expect.stringContaining('no edit'),
  })
})

it('[N15] an undo can be undone, and then the edit again', () => {
  const again = withUndo(withUndo(once), 12)

  expect(stateOf(runOf(again))).toEqual(stateOf(runOf(once)))
  expect(undo(again)).toMatchObject({ kind: 'ready', seq: 11 })
})

it('[N15] a checkpoint or a note since does not stand in the way', () => {
  const noted = [...once, recordOf(checkpoint('c1'), 12)]

  expect(stateOf(runOf(withUndo(noted)))).toEqual(stateOf(runOf(journal)))
})

it('[N16] an edit is not undone twice, nor once the run went on from it', () => {
  const resumed = recordOf({ type: 'runResumed', by: 'ada', reason: null, reset: [] }, 12)

  expect(undo(withUndo(once), 11)).toMatchObject({
    sentence: 'The edit of record 11 was undone already.',
  })
  expect(undo([...once, resumed])).toMatchObject({
    kind: 'refused',
    sentence: expect.stringContaining('went on after the edit of record 11: "'),
  })
  expect(undo(withEdit(once, set('/variables/tries', 5)), 11)).toMatchObject({ kind: 'refused' })
  expect(undo(once, 3)).toMatchObject({ sentence: expect.stringContaining('is no edit') })
})

it('[N16] an edit whose records before it are gone is not undone', () => {
  const keyframe = recordOf({ type: 'keyframe', run: runOf(journal) }, 10)
  const thinned = [keyframe, ...once.slice(10)].slice(1)

  expect(planUndo(readingOf(thinned), runOf(once), null)).toMatchObject({
    kind: 'refused',
    sentence: expect.stringContaining('not there any more'),
  })
})

it('[N16] there is no edit to undo where there was none, and a record that is there is named', () => {
  const said = (planned: ReturnType<typeof undo>) =>
    planned.kind === 'refused' ? planned.sentence : planned.seq
  const { id } = runOf(journal)

  expect([undo(journal), undo(once, 3), undo(once, 99)].map(said)).toEqual([
    `Run ${id} has no edit that could be undone.`,
    `Record 3 of run ${id} is no edit.`,
    `Record 99 of run ${id} is no edit.`,
  ])
})

it('[N15] what changes nothing of the run does not stand in the way, whatever it is', () => {
  const run = runOf(once)
  const bodies = [
    { type: 'keyframe', run },
    { type: 'migrated', from: 2, steps: ['2to3'], notes: [] },
    { type: 'thinned', dropped: 1, checkpoints: [] },
    { type: 'annotated', annotations: { ...run.annotations, note: 'x' } },
    checkpoint('c1'),
    { type: 'edited-later', undoes: 11 },
  ]
  const kinds = bodies.map((body) => undo([...once, recordOf(body, 12)]).kind)
  expect(kinds).toEqual(['ready', 'ready', 'ready', 'ready', 'ready', 'refused'])
})

it('[N15] an undo that was undone leaves its edit to be undone by number', () => {
  const twice = withUndo(withUndo(withUndo(once), 12), 11)
  expect(stateOf(runOf(twice))).toEqual(stateOf(runOf(journal)))
  expect(undo(twice).kind).toBe('refused')
})
