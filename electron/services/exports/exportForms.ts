// What an export is made of, by form: texts in their order. Nothing is held but the part that is being written.
import type { ExportDocument, ExportForm } from '../../../shared/contract/exports.ts'
import { diff } from '../../../shared/core/diff/diff.ts'
import { toPatch } from '../../../shared/core/diff/toPatch.ts'
import { runTrace } from '../../../shared/core/otlp/runTrace.ts'
import { patchMeanings } from '../../../shared/core/secrets/recordMeanings.ts'
import type { Redactor } from '../../../shared/core/secrets/redact.ts'
import type { JournalRecord } from '../../../shared/schema/journal.ts'
import type { Json } from '../../../shared/schema/json.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import { parseJson } from '../../../shared/schema/parseJson.ts'
import { readStoredRun, requireRun, type OpenedRun } from '../openStoredRun.ts'
import { readCompared } from '../readSides.ts'
import { nativeRef } from '../refs.ts'
import type { ServiceContext } from '../context.ts'
import { fileTexts, journalLines, logsOf } from './fileTexts.ts'
import { recordText, runTexts, runThrough, unchanged, type Outlet } from './runTexts.ts'
import { findRelatives } from './runRelatives.ts'

export type ExportSource = {
  readonly context: ServiceContext
  readonly runs: readonly RunId[]
  readonly documents: readonly ExportDocument[]
  readonly as: ExportForm
  readonly from: string | null
  readonly to: string | null
  readonly logs: boolean
  readonly redactor: Redactor | null
  readonly outlet: Outlet
  /** Notes what is missing, and why. */
  readonly miss: (run: string, sentence: string) => void
}

type One = ExportSource & { readonly run: RunId; readonly isFirst: boolean }

/** `one` writes a run: it may throw before it has written anything, and the run is then left out. */
export type Form = {
  readonly begin: (source: ExportSource) => string
  readonly one: (source: One) => AsyncGenerator<string>
  readonly end: (source: ExportSource) => string
  /** Begins what documents of other engines are written into, behind the runs; only some forms have room for them. */
  readonly documents?: string
  readonly extension: string
}

export const forms = {
  json: {
    begin: ({ context, redactor }) =>
      `{"format":"unstuck-export","version":1,"application":${JSON.stringify(context.application.version)},"redacted":${redactor !== null},"runs":[`,
    one: jsonOf,
    documents: '\n],"documents":[',
    end: ({ redactor }) => `\n],"redaction":${JSON.stringify(redactor?.report() ?? null)}}\n`,
    extension: 'json',
  },
  jsonl: { begin: () => '', one: jsonlOf, end: () => '', extension: 'jsonl' },
  patch: { begin: () => '', one: patchOf, end: () => '\n', extension: 'patch.json' },
  // One line, so that it is a document to those who read one, and a line to those who read lines.
  otlp: {
    begin: () => '{"resourceSpans":[',
    one: otlpOf,
    end: () => ']}\n',
    extension: 'otlp.json',
  },
} as const satisfies Record<ExportForm, Form>

/** A run whose state cannot be read has its journal still, as it is. */
async function* jsonOf(source: One): AsyncGenerator<string> {
  const { context, run: id, outlet, isFirst, logs, miss } = source
  const opened = await readStoredRun(context, id)
  const { run, reading } = opened
  if (run === null)
    miss(
      id,
      `Its state cannot be read: ${reading.findings[0]?.sentence ?? 'its files are damaged.'}`,
    )
  yield `${isFirst ? '' : ','}\n{"id":${JSON.stringify(id)},"health":"${opened.health}","run":`
  if (run === null) yield 'null'
  else yield* runTexts(run, outlet, fileOf(id))
  yield ',"journal":['
  let line = 0
  for await (const text of journalLines(context, id)) {
    line += 1
    const told = recordText(text, outlet, { file: journalOf(id), line })
    yield `${line === 1 ? '' : ','}\n${isJson(told) ? told : JSON.stringify({ unreadable: told })}`
  }
  yield ']'
  if (logs && run !== null) yield* logTexts(source, run)
  yield '}'
}

async function* logTexts(
  { context, redactor }: One,
  run: Parameters<typeof logsOf>[1],
): AsyncGenerator<string> {
  yield ',"logs":['
  let comma = ''
  for (const { step, attempt, path } of logsOf(context, run)) {
    yield `${comma}\n{"step":${JSON.stringify(step)},"attempt":${attempt},"text":"`
    const stream = redactor?.stream({ file: path })
    for await (const text of fileTexts(context, path))
      yield escaped(stream === undefined ? text : stream.push(text))
    yield `${escaped(stream?.end() ?? '')}"}`
    comma = ','
  }
  yield ']'
}

/** Of several runs each line says whose it is. */
async function* jsonlOf({ context, run, runs, outlet, miss }: One): AsyncGenerator<string> {
  const whose = runs.length === 1 ? '{' : `{"runId":${JSON.stringify(run)},`
  let line = 0
  for await (const text of journalLines(context, run)) {
    line += 1
    const told = recordText(text, outlet, { file: journalOf(run), line })
    if (told.startsWith('{') && isJson(told)) yield `${whose}${told.slice(1)}\n`
    else miss(run, `Line ${line} of its journal is no record and was left out.`)
  }
  if (line === 0) miss(run, 'It has no journal.')
}

async function* patchOf({ context, run, from, to, redactor }: One): AsyncGenerator<string> {
  const ref = nativeRef(context, run)
  const sides = { left: { ref, checkpoint: from }, right: { ref, checkpoint: to } }
  const { left, right, print } = await readCompared(context, sides)
  const operations = toPatch(left, diff(left, right).changes)
  const patch = [...operations] as readonly Json[] // operations of a patch are JSON
  const native = { meanings: patchMeanings(patch) }
  const text = print([...operations])
  yield redactor === null ? text : redactor.json(text, { file: `${run}.patch.json`, native })
}

async function* otlpOf({ context, run: id, outlet, isFirst }: One): AsyncGenerator<string> {
  const opened = await readStoredRun(context, id)
  const run = runThrough(requireRun(opened), outlet, fileOf(id))
  const records = recordsThrough(opened, outlet, journalOf(id))
  const relatives = await findRelatives(context, run)
  const trace = runTrace(
    { run, records, ...relatives },
    { version: context.application.version, sha256: context.sha256 },
  )
  yield (isFirst ? '' : ',') + JSON.stringify(trace)
}

function recordsThrough(
  { stored }: OpenedRun,
  outlet: Outlet,
  file: string,
): readonly JournalRecord[] {
  const records = stored.journal?.records ?? []
  if (outlet === unchanged) return records
  return records.map((item) => {
    const text = recordText(JSON.stringify(item.record), outlet, { file, line: item.line })
    return { ...item, record: parseJson(text) } as JournalRecord // only values were replaced
  })
}

function fileOf(run: RunId): string {
  return `${run}.json`
}

function journalOf(run: RunId): string {
  return `${run}.jsonl`
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
