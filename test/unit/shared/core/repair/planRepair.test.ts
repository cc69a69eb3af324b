import { describe, expect, it } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { RepairPlan } from '../../../../../shared/core/repair/repairPlan.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../../../shared/schema/journal.ts'
import {
  applyOutcome,
  born,
  filesOf,
  history,
  keyframeAfter,
  planFor,
  readFiles,
  sha256,
  type Files,
} from './storedRun.ts'

const sound = filesOf()
const garbage = Buffer.from('{"format":"unstuck", broken\n')
const soundRun = readFiles(sound).reading.run

/** Replaces one line (counted from 1) of a journal. */
function withLine(lines: readonly { readonly bytes: Buffer }[], number: number, bytes: Buffer) {
  return Buffer.concat(lines.map((line, index) => (index === number - 1 ? bytes : line.bytes)))
}

const badLine = Buffer.from('{"seq":6,"oops":tru\n')

function ready(files: Files, given: Parameters<typeof planFor>[1] = {}) {
  const { plan, outcome } = planFor(files, given)
  expect(plan.problems).toEqual([])
  if (outcome === null) throw new Error('a ready plan has an outcome')
  const after = applyOutcome(files, outcome, plan.source ?? '')
  const { reading } = readFiles(after)
  return { plan: RepairPlan.parse(plan), outcome, reading, after }
}

function rulesOf(plan: RepairPlan) {
  return plan.fixes.map(({ rule }) => rule)
}

describe('planRepair: the head', () => {
  it.each([
    ['damaged', garbage],
    ['missing', null],
    ['no text', Buffer.from([0xff, 0xfe, 0x00])],
    ['of another kind', Buffer.from('{"hello": 1}')],
  ])('[R1] a head that is %s is rebuilt from the journal, and nothing is lost', (_, head) => {
    const { plan, outcome, reading } = ready({ ...sound, head })
    expect(plan.source).toBe('journal')
    expect(plan.fixes).toMatchObject([
      { id: 'R1', rule: 'R1', file: 'head', confidence: 'certain', accepted: true },
    ])
    expect(plan.sources.find(({ id }) => id === 'journal')).toMatchObject({
      id: 'journal',
      kind: 'journal',
      sentence: 'The journal, replayed from its beginning: up to record 8.',
      usable: true,
      loses: [],
    })
    expect(outcome).toMatchObject({ cutJournalTo: null, continueAfterSeq: null, dropped: null })
    expect(reading).toMatchObject({ health: 'ok', findings: [] })
    expect(reading.run?.steps).toEqual(soundRun?.steps)
    expect(reading.run?.checkpoints).toEqual(soundRun?.checkpoints)
  })

  it('[R1] a bit that flipped in the head is found, and the journal has the truth', () => {
    const text = sound.head?.toString() ?? ''
    const head = Buffer.from(text.replace('"shop.tar"', '"ship.tar"'))
    const { plan, reading } = ready({ ...sound, head })
    expect(plan.changes).toEqual([])
    expect(JSON.stringify(reading.run)).toContain('shop.tar')
    expect(plan.sources.map(({ id, usable }) => [id, usable])).toEqual([
      ['journal', true],
      ['head', false],
      ['salvage', true],
    ])
  })

  it('[R1] a head of another history gives way to the journal', () => {
    const other = filesOf([
      ...history.slice(0, 5),
      { type: 'variableSet', name: 'total', value: 1 },
      ...history.slice(6),
    ])
    const { plan, reading } = ready({ head: other.head, journal: sound.journal })
    expect(plan.source).toBe('journal')
    expect(plan.fixes.at(-1)?.sentence).toContain('It told of another history.')
    expect(reading.run?.variables).toEqual({ total: 42 })
  })
})

describe('planRepair: the journal', () => {
  it('[R2] a torn last line is cut', () => {
    const torn = Buffer.from('{"seq":9,"at":"2026-01')
    const journal = Buffer.concat([sound.journal, torn])
    const { plan, outcome, reading } = ready({ ...sound, journal })
    expect(rulesOf(plan)).toEqual(['R2', 'R1'])
    expect(plan.fixes[0]).toMatchObject({
      id: `R2@${sound.journal.byteLength}`,
      offset: sound.journal.byteLength,
      line: 9,
      sentence: 'The last line was cut short while it was written: its 22 bytes go.',
    })
    expect(outcome).toMatchObject({
      cutJournalTo: sound.journal.byteLength,
      continueAfterSeq: null,
      dropped: null,
    })
    expect(reading).toMatchObject({ health: 'ok', findings: [] })
    expect(reading.run?.journal.seq).toBe(10)
  })

  it('[R3] behind damage in the middle, without a keyframe or newer head, the last good record counts', () => {
    const old = filesOf(history, 4)
    const journal = withLine(old.lines, 6, badLine)
    const { plan, outcome, reading } = ready({ head: old.head, journal })
    expect(plan.source).toBe('journal')
    expect(rulesOf(plan)).toEqual(['R3', 'R1'])
    const [cut] = plan.fixes
    expect(cut?.sentence).toContain('does not fit')
    const lost = journal.byteLength - (cut?.offset ?? 0)
    expect(outcome).toMatchObject({
      cutJournalTo: cut?.offset,
      continueAfterSeq: 6,
      dropped: { fromSeq: 6, toSeq: 6, bytes: lost },
    })
    expect(plan.sources[0]?.loses).toEqual([
      'What record 6 had changed.',
      `The history from byte ${cut?.offset} of the journal on (${lost} bytes): it stays in the backup.`,
      'Up to 3 records are lost: the step charge may have run in them.',
    ])
    expect(reading).toMatchObject({ health: 'ok', findings: [] })
    expect(reading.run?.variables).toEqual({})
    expect(reading.run?.checkpoints.map(({ id }) => id)).toEqual(['cp-5'])
  })

  it('[R3] a head that is newer than the damage is taken instead', () => {
    const journal = withLine(sound.lines, 6, badLine)
    const { plan, outcome, reading } = ready({ head: sound.head, journal })
    expect(plan.source).toBe('head')
    expect(plan.sources.map(({ id, usable }) => [id, usable])).toEqual([
      ['journal', true],
      ['head', true],
    ])
    expect(outcome.dropped).toMatchObject({ fromSeq: 6, toSeq: 8 })
    expect(reading).toMatchObject({ health: 'ok', findings: [] })
    expect(reading.run?.variables).toEqual({ total: 42 })
    expect(reading.run?.journal.seq).toBe(10)
  })

  it('[R4] a keyframe behind the damage is gone on with; the state before the damage is offered too', () => {
    const bodies: readonly RecordBody[] = [
      ...history,
      keyframeAfter(history),
      { type: 'variableSet', name: 'late', value: true },
    ]
    const whole = filesOf(bodies, 4)
    const journal = withLine(whole.lines, 3, badLine)
    const { plan, outcome, reading } = ready({ head: whole.head, journal })
    expect(plan.sources.map(({ id, sentence }) => [id, sentence])).toEqual([
      [
        'journal',
        'The journal, gone on with at the first record behind the damage that can be understood: up to record 10.',
      ],
      [
        'journal-start',
        'The journal up to the damage, without what comes behind it: up to record 2.',
      ],
      ['head', 'The head as it is on disk, and the records behind it: up to record 10.'],
    ])
    expect(plan.source).toBe('journal')
    expect(rulesOf(plan)).toEqual(['R3', 'R4', 'R10', 'R10', 'R1'])
    expect(plan.fixes[1]?.sentence).toBe(
      '2 valid records behind the damage leave the journal; what they led to is kept.',
    )
    expect(outcome.dropped).toMatchObject({ fromSeq: 3, toSeq: 10 })
    expect(reading).toMatchObject({ health: 'ok', findings: [] })
    expect(reading.run?.variables).toEqual({ total: 42, late: true })

    const start = ready({ head: whole.head, journal }, { source: 'journal-start' })
    expect(start.reading.run?.steps['build' as never]).toMatchObject({ status: 'pending' })
    expect(start.plan.sources[1]?.loses[0]).toBe('What records 3 to 10 had changed.')
    expect(start.plan.fixes[1]?.sentence).toContain('what they led to is not used')
  })

  it('[R5] a lost journal begins anew with the state of the head', () => {
    const { plan, outcome, reading } = ready({ head: sound.head, journal: null })
    expect(plan.source).toBe('head')
    expect(rulesOf(plan)).toEqual(['R5', 'R10', 'R10', 'R1'])
    expect(outcome).toMatchObject({
      cutJournalTo: null,
      continueAfterSeq: 8,
      dropped: { fromSeq: 1, toSeq: 8, bytes: 0 },
    })
    expect(plan.sources[0]?.loses).toEqual([
      'The history of records 1 to 8: the journal is not there.',
      '2 checkpoints whose records are gone: "cp-5", "cp-7".',
    ])
    expect(reading).toMatchObject({ health: 'ok', findings: [] })
    expect(reading.run?.steps).toEqual(soundRun?.steps)
  })

  it('[R6] a journal that is shorter than the head says goes on behind the head', () => {
    const journal = Buffer.concat(sound.lines.slice(0, 6).map(({ bytes }) => bytes))
    const { plan, outcome, reading } = ready({ head: sound.head, journal })
    expect(plan.source).toBe('head')
    expect(rulesOf(plan)).toEqual(['R6', 'R10', 'R1'])
    expect(plan.fixes[0]?.sentence).toBe(
      'The journal goes on behind record 8, where the head ends; records 7 to 8 are named as lost.',
    )
    expect(outcome).toMatchObject({
      cutJournalTo: null,
      continueAfterSeq: 8,
      dropped: { fromSeq: 7, toSeq: 8, bytes: 0 },
    })
    expect(reading).toMatchObject({ health: 'ok', findings: [] })
    expect(reading.run?.steps).toEqual(soundRun?.steps)
  })

  it('[R9] an edit that does not fit stays passed over, and that is written down', () => {
    const edited: RecordBody = {
      type: 'edited',
      patch: [{ op: 'replace', path: '/nowhere/at/all', value: 1 }],
      by: 'ada',
      reason: null,
    }
    const files = filesOf([...history, edited], 8)
    const { plan, reading } = ready(files)
    expect(rulesOf(plan)).toEqual(['R9', 'R1'])
    expect(reading).toMatchObject({ health: 'ok', findings: [] })
  })

  it('[R10] checkpoints whose records are gone leave the list, unless a person keeps them', () => {
    const files = { head: sound.head, journal: null }
    expect(ready(files).reading.run?.checkpoints).toEqual([])
    const kept = ready(files, { rejected: ['R10@cp-5'] })
    expect(kept.reading.run?.checkpoints.map(({ id }) => id)).toEqual(['cp-5'])
    const child = ready(files, { rejected: ['R10@cp-7'] })
    expect(child.reading.run?.checkpoints).toMatchObject([{ id: 'cp-7', parent: null }])
  })
})

describe('planRepair: other sources', () => {
  const backup = { id: '2026-b1', at: '2026-01-02T00:03:00.000Z', run: soundRun }

  it('[R7] a backup is used where neither head nor journal can be', () => {
    const files = { head: garbage, journal: Buffer.from('{"a":1}\n') }
    const { plan, reading } = ready(files, { backups: [backup] })
    expect(plan.source).toBe('backup:2026-b1')
    expect(rulesOf(plan)).toEqual(['R3', 'R7', 'R10', 'R10', 'R1'])
    expect(plan.fixes.find(({ rule }) => rule === 'R7')?.confidence).toBe('likely')
    expect(reading).toMatchObject({ health: 'ok', findings: [] })
    expect(reading.run?.steps).toEqual(soundRun?.steps)
  })

  it('[R7] a backup is offered, but not taken, where the journal is good', () => {
    const { plan } = ready({ ...sound, head: garbage }, { backups: [backup] })
    expect(plan.source).toBe('journal')
    expect(plan.sources.map(({ id }) => id)).toContain('backup:2026-b1')
  })

  it('[R8] an unverified head is never chosen by itself, and stays untrusted when a person does', () => {
    const text = sound.head?.toString() ?? ''
    const head = Buffer.from(text.replace('"shop.tar"', '"ship.tar"'))
    const alone = planFor({ head, journal: null })
    expect(alone.plan).toMatchObject({ source: null, ready: false })
    expect(alone.plan.problems).toEqual([
      'Nothing is left that can be proved. Choose the unverified head if you know that it is right.',
    ])
    expect(alone.outcome).toBeNull()
    const { plan } = ready({ head, journal: null }, { source: 'salvage' })
    expect(plan.fixes.find(({ rule }) => rule === 'R8')?.confidence).toBe('untrusted')
  })

  it('[R11] the state of another run is no source', () => {
    const id = RunId.parse('other-20260102t000000z-abcd')
    const other = soundRun === null ? null : { ...soundRun, id }
    const files = { head: garbage, journal: null }
    const { plan } = planFor(files, { backups: [{ ...backup, run: other }] })
    expect(plan.sources.at(-1)).toMatchObject({ kind: 'backup', usable: false })
    expect(plan.sources.at(-1)?.sentence).toContain(`It belongs to the run ${id}.`)
    expect(plan.ready).toBe(false)
  })
})

describe('planRepair: refusals and what is shown', () => {
  it('[R12] a sound run is not repaired', () => {
    expect(planFor(sound)).toEqual({
      plan: {
        document: born.id,
        findings: [],
        sources: [],
        source: null,
        recommended: null,
        fixes: [],
        changes: [],
        proposed: null,
        damage: [],
        places: [],
        inDoubt: [],
        lost: null,
        writes: [],
        problems: ['Nothing is damaged: there is nothing to repair.'],
        ready: false,
      },
      outcome: null,
    })
  })

  it('[R13] a newer version is refused, untouched', () => {
    const head = Buffer.from('{\n"format": "unstuck", "version": 4,\n"run": {}\n}\n')
    const { plan, outcome } = planFor({ ...sound, head })
    expect(plan.problems[0]).toContain('was written by a newer Unstuck (version 4)')
    expect(outcome).toBeNull()
  })

  it('[R14] without any usable source nothing is done', () => {
    const { plan, outcome } = planFor({ head: garbage, journal: Buffer.from('x\n') })
    expect(plan.problems).toEqual([
      'Neither the head, the journal nor a backup can be read. The files stay as they are.',
    ])
    expect(plan).toMatchObject({ source: null, proposed: null, writes: [], ready: false })
    expect(outcome).toBeNull()
  })

  it('[R14] a source that is not there or cannot be used is refused by name', () => {
    const files = { ...sound, head: garbage }
    expect(planFor(files, { source: 'nowhere' }).plan.problems).toEqual([
      'There is no source "nowhere". Choose one of the list.',
    ])
    expect(planFor(files, { source: 'head' }).plan.problems).toEqual([
      'This source cannot be used. The head as it is on disk: it cannot be read.',
    ])
  })

  it('[R15] a fix that the source depends on cannot be left out', () => {
    const files = { ...sound, head: garbage }
    const { plan, outcome } = planFor(files, { rejected: ['R1'] })
    expect(plan.ready).toBe(false)
    expect(plan.fixes[0]?.accepted).toBe(false)
    expect(plan.problems[0]).toMatch(
      /^Nothing can be taken from journal without this fix: The head is written anew/,
    )
    expect(outcome).toBeNull()
    expect(planFor(files, { rejected: ['R99'] }).plan.ready).toBe(true)
  })

  it('[R16] the backup comes first in what is written, the head last', () => {
    const torn = Buffer.concat([sound.journal, Buffer.from('{"seq"')])
    const { plan } = ready({ head: garbage, journal: torn })
    expect(plan.writes.map(({ file }) => file)).toEqual([
      `.unstuck/backups/${born.id}/`,
      `.unstuck/backups/${born.id}/`,
      `${born.id}.jsonl`,
      `${born.id}.jsonl`,
      `${born.id}.json`,
    ])
    expect(plan.writes[2]?.sentence).toBe(
      `Everything from byte ${sound.journal.byteLength} on is cut.`,
    )
  })

  it('[R17] the plan shows the head as it would be written, and what that changes', () => {
    const { plan, outcome } = ready({ ...sound, head: garbage })
    const text = encodeHead(outcome.run, sha256)
    expect(plan.proposed).toEqual({ text, sizeBytes: Buffer.byteLength(text) })
    const late = filesOf(history, 4)
    const journal = withLine(late.lines, 6, badLine)
    const other = ready({ head: sound.head, journal }, { source: 'journal' })
    expect(other.plan.changes).toContainEqual({
      kind: 'removed',
      path: '/variables/total',
      before: 42,
    })
  })

  it('[R18] a plan stays small enough to be sent, however large the state', () => {
    const many: RecordBody[] = Array.from({ length: 900 }, (_, index) => ({
      type: 'variableSet',
      name: `v${index}`,
      value: '🚀"\n'.repeat(300),
    }))
    const files = filesOf([...history, ...many], 8)
    const cut = Buffer.concat([files.journal.subarray(0, sound.journal.byteLength), badLine])
    const run = readFiles(files).reading.run
    const backups = [{ id: 'b', at: '2026-01-02T00:00:00.000Z', run }]
    const { plan } = ready({ head: files.head, journal: cut }, { backups, source: 'backup:b' })
    expect(plan.changes.length).toBeLessThanOrEqual(201)
    expect(JSON.stringify(plan).length).toBeLessThan(900_000)
    expect(Buffer.byteLength(plan.proposed?.text ?? '')).toBeLessThanOrEqual(256 * 1024)
    expect(plan.proposed?.sizeBytes).toBeGreaterThan(1_000_000)
    expect(plan.proposed?.text).not.toMatch(/[\uD800-\uDBFF]$/)
  })
})
