// Head and journal of one run, as a store would leave them, and every state that the run has ever been in.
import { encodeLine } from '../../../electron/store/journalLine.ts'
import { encodeHead } from '../../../shared/core/codec/encodeHead.ts'
import { replay } from '../../../shared/core/run/replay.ts'
import type { JournalRecord, RecordBody } from '../../../shared/schema/journal.ts'
import type { Run } from '../../../shared/schema/run.ts'
import { RecordBody as RecordBodySchema } from '../../../shared/schema/journal.ts'
import {
  began,
  born,
  checkpoint,
  failed,
  moment,
  sha256,
  started,
  succeeded,
} from '../../unit/shared/core/run/sampleRun.ts'

export type SamplePair = {
  readonly head: Uint8Array
  readonly journal: Uint8Array
  readonly run: Run
  /** Text of the run after each record, by that record's sum. */
  readonly states: ReadonlyMap<string, string>
}

/** The head is written after two thirds of the records: reading needs both files. */
export function createSamplePair(variables: number): SamplePair {
  const lines: { readonly bytes: Uint8Array; readonly item: JournalRecord }[] = []
  for (const body of bodiesOf(variables)) {
    const before = lines.at(-1)?.item.record ?? { seq: 0, sum: '' }
    const seq = before.seq + 1
    const link = { seq, at: moment(seq), epoch: 1, prev: before.sum }
    const { bytes, record } = encodeLine(body, link)
    lines.push({ bytes, item: { kind: 'known', record } })
  }
  const items = lines.map(({ item }) => item)
  const runs = items.map((_, index) => runAfter(items.slice(0, index + 1)))
  const inHead = runs[Math.trunc((runs.length * 2) / 3)] ?? runAfter(items)
  return {
    head: Buffer.from(encodeHead(inHead, sha256)),
    journal: Buffer.concat(lines.map(({ bytes }) => bytes)),
    run: runAfter(items),
    states: new Map(runs.map((run) => [run.journal.sum, textOf(run)])),
  }
}

/** Equal texts mean equal runs. */
export function textOf(run: Run): string {
  return encodeHead(run, sha256)
}

function runAfter(items: readonly JournalRecord[]): Run {
  const run = replay(items)
  if (run === null) throw new Error('The sample begins with a whole run.')
  return run
}

function bodiesOf(variables: number): readonly RecordBody[] {
  const set = Array.from({ length: variables }, (_, index) => ({
    type: 'variableSet',
    name: `rows_${index}`,
    value: { count: index * 1000 + 0.5, label: `größe ${index} – ${'x'.repeat(index % 40)}` },
  }))
  const bodies = [
    born(),
    started,
    began('build'),
    succeeded('build', { artefact: 'app.tar', bytes: 18_042 }),
    checkpoint('c1', 'build'),
    ...set,
    began('test'),
    failed('test'),
    began('test', 2),
    succeeded('test', null, 2),
    checkpoint('c2', 'test', 0.5),
    began('deploy'),
  ]
  return bodies.map((body) => RecordBodySchema.parse(body))
}
