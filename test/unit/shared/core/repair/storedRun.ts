import { createHash } from 'node:crypto'
import { encodeLine } from '../../../../../electron/store/journalLine.ts'
import { scanJournal } from '../../../../../electron/store/scanJournal.ts'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { readRun, type RunReading } from '../../../../../shared/core/reading/readRun.ts'
import { planRepair, type RepairOutcome } from '../../../../../shared/core/repair/planRepair.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { CheckpointId } from '../../../../../shared/schema/ids.ts'
import type { KnownRecord, RecordBody } from '../../../../../shared/schema/journal.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'
import { at, makeRun, makeStep, step } from '../resume/makeRun.ts'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The two files of a run, as bytes; null: not there. */
export type Files = { readonly head: Buffer | null; readonly journal: Buffer | null }

const pending = {
  build: makeStep('pending'),
  charge: makeStep('pending'),
  mail: makeStep('pending'),
}
export const born = makeRun({ status: 'pending', steps: pending, journal: { seq: 0, sum: '' } })

/** Records 1 to 8: a run that built, has two checkpoints, and is charging. */
export const history: readonly RecordBody[] = [
  { type: 'runCreated', run: born },
  { type: 'runStarted' },
  { type: 'stepStarted', step: step('build'), attempt: 1, process: null },
  {
    type: 'stepSucceeded',
    step: step('build'),
    attempt: 1,
    output: { artefact: 'shop.tar' },
    exitCode: 0,
  },
  checkpoint('cp-5', null),
  { type: 'variableSet', name: 'total', value: 42 },
  checkpoint('cp-7', 'cp-5'),
  { type: 'stepStarted', step: step('charge'), attempt: 1, process: null },
]

export function checkpoint(id: string, parent: string | null): RecordBody {
  return {
    type: 'checkpoint',
    id: CheckpointId.parse(id),
    parent: parent === null ? null : CheckpointId.parse(parent),
    name: id,
    trigger: 'step',
    step: step('build'),
    progress: 1 / 3,
  }
}

export type Link = { readonly seq: number; readonly sum: string }

/** Journal lines for records that follow one another. */
export function linesOf(bodies: readonly RecordBody[], after: Link = { seq: 0, sum: '' }) {
  const lines: { readonly bytes: Buffer; readonly record: KnownRecord }[] = []
  for (const body of bodies) {
    const before = lines.at(-1)?.record ?? after
    const seq = before.seq + 1
    const line = encodeLine(body, { seq, at: at(seq), epoch: 1, prev: before.sum })
    lines.push({ bytes: Buffer.from(line.bytes), record: line.record })
  }
  return lines
}

/** A run of these records; its head contains the first `headSeq` of them. */
export function filesOf(bodies: readonly RecordBody[] = history, headSeq = bodies.length) {
  const lines = linesOf(bodies)
  const run = runAfter(lines.slice(0, headSeq).map(({ record }) => record))
  const head = run === null ? null : Buffer.from(encodeHead(run, sha256))
  return { head, journal: Buffer.concat(lines.map(({ bytes }) => bytes)), lines }
}

export function runAfter(records: readonly KnownRecord[]): Run | null {
  return replay(records.map((record) => ({ kind: 'known', record })))
}

/** A keyframe record for the state behind `bodies`. */
export function keyframeAfter(bodies: readonly RecordBody[]): RecordBody {
  const run = runAfter(linesOf(bodies).map(({ record }) => record))
  if (run === null) throw new Error('these records make no run')
  return { type: 'keyframe', run }
}

export function readFiles(files: Files): {
  readonly reading: RunReading
  readonly head: { text: string } | { problem: string; offset: number } | null
  readonly journal: ReturnType<typeof scanJournal>['reading'] | null
} {
  const head = files.head === null ? null : decode(files.head)
  const journal = files.journal === null ? null : scanJournal(files.journal).reading
  return { reading: readRun({ head, journal }, sha256), head, journal }
}

function decode(bytes: Buffer): { text: string } | { problem: string; offset: number } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    if (error instanceof TypeError) return { problem: 'not UTF-8.', offset: 0 }
    throw error
  }
}

export function planFor(
  files: Files,
  given: Partial<Parameters<typeof planRepair>[0]> = {},
): ReturnType<typeof planRepair> {
  const input = { document: born.id, backups: [], rejected: [], source: null, sha256 }
  return planRepair(deepFreeze({ ...input, ...readFiles(files), ...given }))
}

/** Does what the service does with an outcome: cut, go on behind a number, append, replace the head. */
export function applyOutcome(files: Files, outcome: RepairOutcome, source: string): Files {
  const whole = files.journal ?? Buffer.alloc(0)
  const kept = outcome.cutJournalTo === null ? whole : whole.subarray(0, outcome.cutJournalTo)
  const end = scanJournal(kept).end
  const seq = outcome.continueAfterSeq ?? end.seq
  const dropped = outcome.dropped
  const repaired = {
    type: 'repaired',
    source,
    backup: 'b',
    dropped,
    by: 'ada',
    reason: null,
  } as const
  const lines = linesOf([repaired, { type: 'keyframe', run: outcome.run }], { seq, sum: end.sum })
  const run = runAfter(lines.map(({ record }) => record))
  if (run === null) throw new Error('a keyframe makes a run')
  return {
    journal: Buffer.concat([kept, ...lines.map(({ bytes }) => bytes)]),
    head: Buffer.from(encodeHead(run, sha256)),
  }
}
