// What would be in a bundle, and its manifest: each run is read once, and each of its files measured.
import type {
  BundleExportPlan,
  ExportDocumentRow,
  ExportRow,
} from '../../../shared/contract/bundles.ts'
import type { HandlerInput, HandlerOptions } from '../../../shared/contract/contract.ts'
import {
  bundleFormat,
  bundleVersion,
  type BundledDocument,
  type BundledFile,
  type BundledRun,
  type BundleManifest,
} from '../../../shared/core/bundle/manifest.ts'
import type { RedactionReport } from '../../../shared/core/secrets/redactionReport.ts'
import { AppError, toAppError } from '../../../shared/errors.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { ServiceContext } from '../context.ts'
import { planned, type Planned } from '../planned.ts'
import { bundleRedactor } from './bundleRedactor.ts'
import { measureSources, openSources } from './bundleSources.ts'
import { gatherDocuments } from './gatherDocuments.ts'

type Input = HandlerInput<'bundle.export.plan'>
type Options = HandlerOptions<'bundle.export.plan'>
type Made = { readonly shown: Planned<BundleExportPlan>; readonly manifest: BundleManifest }

const nothingMasked: RedactionReport = { total: 0, values: 0, rules: [], rows: [], more: 0 }

export async function planOfBundle(
  context: ServiceContext,
  input: Input,
  options: Options,
): Promise<Made> {
  requireSomething(input)
  const asOf = input.asOf ?? context.now()
  const redactor = bundleRedactor(context, input)
  const total = input.runs.length + input.documents.length
  const [rows, runs, files, revs]: [ExportRow[], BundledRun[], BundledFile[], string[]] = [
    [],
    [],
    [],
    [],
  ]
  for (const run of [...new Set(input.runs)].toSorted()) {
    if (options.signal.aborted) throw cancelled()
    const found = await gather(context, run, { ...input, redactor, signal: options.signal })
    options.progress({ done: rows.length, total, item: run })
    if ('problem' in found) rows.push(unable(run, found.problem))
    else {
      const sizeBytes = found.files.reduce((sum, file) => sum + file.sizeBytes, 0)
      rows.push({ ...found.row, files: found.files.length, sizeBytes, problem: null })
      runs.push(found.row)
      files.push(...found.files)
      revs.push(found.rev)
    }
  }
  const others = await gatherDocuments(context, input, {
    redactor,
    signal: options.signal,
    onDone: (done, item) => options.progress({ done: rows.length + done, total, item }),
  })
  files.push(...others.files)
  revs.push(...others.revs)
  const redaction = redactor?.report() ?? nothingMasked
  const plan = planOf(rows, { files, input, redaction, documents: others.rows })
  const manifest = manifestOf(context, {
    runs,
    files,
    documents: others.documents,
    input,
    plan,
    asOf,
  })
  return { shown: planned(context, plan, { rev: context.sha256(revs.join(' ')), asOf }), manifest }
}

type Gathered = {
  readonly row: BundledRun
  readonly files: readonly BundledFile[]
  readonly rev: string
}

/** A run that cannot be taken is a row with its reason; the others are taken. */
async function gather(
  context: ServiceContext,
  run: RunId,
  options: Parameters<typeof openSources>[2],
): Promise<Gathered | { readonly problem: string }> {
  try {
    const opened = await openSources(context, run, options)
    return { row: opened.row, files: await measureSources(run, opened), rev: opened.rev }
  } catch (error) {
    const { code, message } = toAppError(error)
    if (code === 'bug' || code === 'cancelled') throw error
    return { problem: message }
  }
}

function unable(id: RunId, problem: string): ExportRow {
  const none = { workflow: null, status: null, form: 'as-found', note: null } as const
  return { id, ...none, files: 0, sizeBytes: 0, problem }
}

function planOf(
  rows: readonly ExportRow[],
  {
    files,
    input,
    redaction,
    documents,
  }: {
    readonly files: readonly BundledFile[]
    readonly input: Input
    readonly redaction: BundleExportPlan['redaction']
    readonly documents: readonly ExportDocumentRow[]
  },
): BundleExportPlan {
  const able = rows.filter(({ problem }) => problem === null)
  const backups =
    input.backups && input.redact
      ? ['Backups are only taken along without masking: a masked copy proves nothing.']
      : []
  return {
    ready: able.length > 0 || documents.some(({ problem }) => problem === null),
    rows: rows.slice(0, 500),
    runs: able.length,
    ...(documents.length === 0 ? {} : { documents: [...documents] }),
    files: files.length,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    redacted: input.redact,
    redaction,
    problems: [
      ...[...rows, ...documents].flatMap(({ problem }) => problem ?? []).slice(0, 100),
      ...backups,
    ],
  }
}

function manifestOf(
  context: ServiceContext,
  made: {
    readonly runs: readonly BundledRun[]
    readonly files: readonly BundledFile[]
    readonly documents: readonly BundledDocument[]
    readonly input: Input
    readonly plan: BundleExportPlan
    readonly asOf: string
  },
): BundleManifest {
  const { logs, backups, paths, redact } = made.input
  return {
    format: bundleFormat,
    version: made.documents.length === 0 ? 1 : bundleVersion,
    madeBy: { application: 'unstuck', version: context.application.version },
    madeAt: made.asOf,
    source: {
      workspace: context.workspace.name,
      folder: paths ? context.store.root : null,
      host: paths ? context.hostName : null,
    },
    redacted: redact,
    includes: { logs, backups, paths },
    runs: [...made.runs],
    ...(made.documents.length === 0 ? {} : { documents: [...made.documents] }),
    files: [...made.files],
    redaction: made.plan.redaction,
  }
}

function requireSomething({ runs, documents }: Pick<Input, 'runs' | 'documents'>): void {
  if (runs.length + documents.length > 0) return
  throw new AppError('invalid-input', 'Name a run or a document to be put into the bundle.')
}

function cancelled(): AppError {
  return new AppError('cancelled', 'The bundle was cancelled. Nothing was written.')
}
