import type { z } from 'zod'
import type { Sha256 } from '../../schema/digest.ts'
import { ownValue, type Json } from '../../schema/json.ts'
import {
  Annotations,
  Checkpoint,
  Decision,
  Lineage,
  Run,
  type Attempt,
  type StepState,
} from '../../schema/run.ts'
import { readSummary } from '../codec/summaryLine.ts'
import { isList, isRecord } from '../diff/jsonShape.ts'
import type { Candidate, StepDoubts } from './candidate.ts'
import { salvage } from './salvage/salvage.ts'
import type { Salvage } from './salvage/salvageResult.ts'
import { doubtSteps } from './stepDoubts.ts'

export type SalvagedHeadOptions = {
  readonly document: string
  /** Of the last record of the journal. */
  readonly seq: number
  /** By step the number of its last attempt of which there is a log. */
  readonly lastAttempts: Readonly<Record<string, number>>
  readonly sha256: Sha256
}

/** [R77] What a head says that is no JSON any more: the values before its damage, never chosen by itself. */
export function salvagedHead(text: string, options: SalvagedHeadOptions): readonly Candidate[] {
  const found = salvage(text)
  if (found.kind === 'whole' || found.text === '') return []
  const value = JSON.parse(found.text) as Json // a salvaged text is JSON, whatever it was made of
  const said = isRecord(value) ? ownValue(value, 'run') : undefined
  if (said === undefined || !isRecord(said)) return []
  const { run, unread, doubts } = completed(said, { ...options, text, place: cutIn(found) })
  const sentence =
    run === null
      ? `What can be read of the broken head of ${options.document} is too little for a run: it says ${Object.keys(said).join(', ')}.`
      : `What can be read of the broken head${unread.length === 0 ? '' : `, without ${unread.join(', ')}`}.`
  return [{ id: 'salvage', kind: 'salvage', sentence, run, confidence: 'untrusted', doubts }]
}

function cutIn({ items, certainEnd }: Salvage): StepDoubts['place'] {
  const cut = items.find(({ end }) => end >= certainEnd)
  return cut === undefined ? null : { offset: cut.offset, line: cut.line, column: cut.column }
}

/** The parts that stand last in a head may be empty; without those before them nothing can be told of a run. */
function completed(
  said: { readonly [key: string]: Json },
  from: SalvagedHeadOptions & { readonly text: string; readonly place: StepDoubts['place'] },
): { readonly run: Run | null; readonly unread: readonly string[]; readonly doubts: StepDoubts } {
  const unread = ['steps', ...Object.keys(ends)].filter((key) => !Object.hasOwn(said, key))
  const summary = readSummary(from.text, from.sha256)
  const journal = ownValue(said, 'journal') ?? {
    seq: Math.max(from.seq, summary?.seq ?? 0),
    sum: '',
  }
  const start = Run.safeParse({ ...said, ...endsOf(said), journal, steps: {} })
  const read = doubtSteps({
    said: ownValue(said, 'steps'),
    isCut: unread.includes('checkpoints'),
    definition: start.success ? start.data.workflow.definition : null,
    summary,
  })
  const doubts = { ...read.doubts, place: from.place }
  if (!start.success) return { run: null, unread, doubts }
  const inDoubt = doubts.steps.map(({ step }) => [step, begun(start.data, step, from)] as const)
  const steps = { ...read.kept, ...Object.fromEntries(inDoubt) }
  const names = doubts.steps.map(({ step }) => `the step ${step}`)
  return { run: { ...start.data, steps }, unread: [...some(names), ...unread], doubts }
}

/** [R90] As of every step whose intent is recorded and whose result is not: a resume asks what became of it. */
function begun(run: Run, step: string, { lastAttempts }: SalvagedHeadOptions): StepState {
  const attempt: Attempt = {
    number: ownValue(lastAttempts, step) ?? 1,
    startedAt: run.startedAt ?? run.createdAt,
    finishedAt: null,
    outcome: null,
    error: null,
    exitCode: null,
    process: null,
  }
  return { status: 'running', attempts: [attempt], output: null, waitingOn: null, skippedBy: null }
}

function some(names: readonly string[]): readonly string[] {
  if (names.length <= mostNamed) return names
  return [...names.slice(0, mostNamed), `${names.length - mostNamed} more steps`]
}

const mostNamed = 5

/** Of the part that is cut, and of those behind it, what is whole. */
function endsOf(said: { readonly [key: string]: Json }) {
  return {
    checkpoints: wholeItems(ownValue(said, 'checkpoints'), Checkpoint),
    decisions: wholeItems(ownValue(said, 'decisions'), Decision),
    lineage: Lineage.nullable().catch(ends.lineage).parse(ownValue(said, 'lineage')),
    annotations: Annotations.catch(ends.annotations).parse(ownValue(said, 'annotations')),
  }
}

function wholeItems<Item>(said: Json | undefined, schema: z.ZodType<Item>): Item[] {
  if (said === undefined || !isList(said)) return []
  return said.flatMap((item) => {
    const parsed = schema.safeParse(item)
    return parsed.success ? [parsed.data] : []
  })
}

const ends = {
  checkpoints: [],
  decisions: [],
  lineage: null,
  annotations: { colour: null, note: null, pinned: false, tags: [] },
} satisfies Partial<Run>
