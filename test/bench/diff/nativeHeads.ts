// Two heads of the native format, the later one made from the earlier by a known number of edits.
import { encodeHead } from '../../../shared/core/codec/encodeHead.ts'
import { createRun } from '../../../shared/core/run/createRun.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import type { Json } from '../../../shared/schema/json.ts'
import type { Run, StepState } from '../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../shared/schema/workflow.ts'
import { sha256 } from '../sha256.ts'
import type { DocumentPair } from './anyDocuments.ts'
import { seeded } from './seeded.ts'

/** Half of the bytes in steps, half in the items of one list among the variables. */
export function makeHeads(bytes: number, edits: number): DocumentPair {
  const random = seeded(7)
  const steps = makeSteps(bytes / 2, random)
  const rows = makeRows(bytes / 2, random)
  const before = encode(steps, rows)
  for (let edit = 0; edit < edits; edit += 1) editOnce(steps, rows, { edit, random })
  return { before, after: encode(steps, rows), edits }
}

/** Two heads of which every line that can differ does. */
export function makeUnlikeHeads(bytes: number): DocumentPair {
  const random = seeded(9)
  const steps = makeSteps(bytes / 2, random)
  const rows = makeRows(bytes / 2, random)
  const before = encode(steps, rows)
  for (const [name, step] of Object.entries(steps)) steps[name] = { ...step, status: 'failed' }
  for (const row of rows) row.amount += 1
  const edits = rows.length + Object.keys(steps).length
  return { before, after: encode(steps, rows), edits }
}

type Steps = Record<string, StepState>
type Row = { id: number; amount: number; name: string; tags: string[] }

const stepBytes = 900
const rowBytes = 250
const at = '2026-01-01T00:00:00.000Z'

function makeSteps(bytes: number, random: () => number): Steps {
  const entries = Array.from({ length: Math.ceil(bytes / stepBytes) }, (_, index) => {
    const attempt = { number: 1, startedAt: at, finishedAt: at, outcome: 'succeeded' } as const
    const step: StepState = {
      status: 'succeeded',
      attempts: [{ ...attempt, error: null, exitCode: 0, process: null }],
      output: { index, text: text(random, 560), ok: true },
      waitingOn: null,
      skippedBy: null,
    }
    return [`step-${index}`, step] as const
  })
  return Object.fromEntries(entries)
}

function makeRows(bytes: number, random: () => number): Row[] {
  return Array.from({ length: Math.ceil(bytes / rowBytes) }, (_, id) => makeRow(id, random))
}

function makeRow(id: number, random: () => number): Row {
  return { id, amount: Math.floor(random() * 1e6) / 100, name: text(random, 160), tags: ['a', 'b'] }
}

function text(random: () => number, length: number): string {
  let written = ''
  while (written.length < length) written += `${Math.floor(random() * 1e9).toString(36)} `
  return written
}

function withOutput(step: StepState | undefined, output: Json): StepState {
  if (step === undefined) throw new Error('A step of the bench is missing.')
  return { ...step, output }
}

/** In turn: a step and a row edited, a row inserted, moved and deleted. */
function editOnce(
  steps: Steps,
  rows: Row[],
  { edit, random }: { readonly edit: number; readonly random: () => number },
): void {
  const pick = (below: number) => Math.floor(random() * below)
  const name = `step-${pick(Object.keys(steps).length)}`
  const row = rows[pick(rows.length)]
  if (edit % 5 === 0) steps[name] = withOutput(steps[name], `edited ${edit}`)
  if (edit % 5 === 1 && row !== undefined) row.amount += 1
  if (edit % 5 === 2) rows.splice(pick(rows.length), 0, makeRow(1e9 + edit, random))
  if (edit % 5 === 3) rows.splice(pick(rows.length), 1)
  if (edit % 5 === 4) {
    const [moved] = rows.splice(pick(rows.length), 1)
    if (moved !== undefined) rows.splice(pick(rows.length), 0, moved)
  }
}

function encode(steps: Steps, rows: readonly Row[]): string {
  const run: Run = createRun({
    id: RunId.parse('bench-20260101t000000z-aaaaaa'),
    definition: WorkflowDefinition.parse({ name: 'bench', steps: { one: { run: 'true' } } }),
    source: null,
    digest: null,
    inputs: {},
    at,
    place: { user: null, host: null, folder: null, environment: [] },
    lineage: null,
  })
  return encodeHead({ ...run, variables: { rows }, steps }, sha256)
}
