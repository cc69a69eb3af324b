// Puts runs into one file: what would be in it and what is masked is shown first, then it is made and waits to be taken.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import {
  bundlePieceBytes,
  type BundleExportPlan,
  type ExportRow,
} from '../../../shared/contract/bundles.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../../shared/contract/contract.ts'
import { compileRules } from '../../../shared/core/secrets/compileRules.ts'
import { createRedactor, type Redactor } from '../../../shared/core/secrets/redact.ts'
import type { RedactionReport } from '../../../shared/core/secrets/redactionReport.ts'
import { AppError, toAppError } from '../../../shared/errors.ts'
import {
  bundleEnding,
  bundleFormat,
  bundleVersion,
  type BundledFile,
  type BundledRun,
  type BundleManifest,
} from '../../../shared/core/bundle/manifest.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import { writeBundle } from '../../bundle/writeBundle.ts'
import type { ServiceContext } from '../context.ts'
import { logged } from '../logged.ts'
import { planned, requireApproved, type Planned } from '../planned.ts'
import { requireBundleDesk } from './requireBundleDesk.ts'
import { measureSources, openSources, type RunSources } from './bundleSources.ts'

type Input = HandlerInput<'bundle.export.plan'>
type Options = HandlerOptions<'bundle.export.plan'>
type Made = { readonly shown: Planned<BundleExportPlan>; readonly manifest: BundleManifest }

export async function planBundle(
  context: ServiceContext,
  input: Input,
  options: Options,
): Promise<CallOutput<'bundle.export.plan'>> {
  const { shown, manifest } = await makePlan(context, input, options)
  const remembered = requireBundleDesk(context).shown
  if (shown.plan.ready) remembered.set(keyOf(input, shown), manifest)
  for (const [oldest] of remembered) if (remembered.size > mostShown) remembered.delete(oldest)
  return shown
}

/** [B59] */
export async function applyBundle(
  context: ServiceContext,
  input: HandlerInput<'bundle.export.apply'>,
  options: HandlerOptions<'bundle.export.apply'>,
): Promise<CallOutput<'bundle.export.apply'>> {
  const { redact, reason, passphrase } = input
  if (!redact && reason === null)
    throw new AppError('invalid-input', 'Say why nothing is to be masked: a reason is needed.')
  const manifest =
    requireBundleDesk(context).shown.get(keyOf(input, input)) ??
    (await planAgain(context, input, options))
  const name = nameOf(manifest)
  const operation = { call: 'bundle.export', item: name, run: oneRun(manifest), reason }
  const write = (): Promise<CallOutput<'bundle.export.apply'>> =>
    makeFile(context, { name, manifest, input, passphrase }, options)
  // What is masked is a reading: a workspace that nobody can write is taken along as well.
  const isSilent = !context.store.access.writable && redact
  return isSilent ? write() : logged(context, operation, write)
}

/**
 * A manifest that was shown need not be made again: what is written is held against it byte for byte, so a run that changed
 * meanwhile makes no bundle.
 */
function keyOf(
  { runs, logs, backups, redact, paths }: Input,
  { rev, digest }: { readonly rev: string; readonly digest: string },
): string {
  return JSON.stringify([rev, digest, runs, logs, backups, redact, paths])
}

async function planAgain(
  context: ServiceContext,
  input: HandlerInput<'bundle.export.apply'>,
  options: Options,
): Promise<BundleManifest> {
  const { shown, manifest } = await makePlan(context, input, options)
  requireApproved(shown, input, 'A run of the bundle')
  if (shown.plan.ready) return manifest
  throw new AppError('invalid-input', shown.plan.problems[0] ?? 'No run can be put into it.')
}

const mostShown = 4

export async function readBundlePiece(
  context: ServiceContext,
  { download, offset }: HandlerInput<'bundle.read'>,
): Promise<CallOutput<'bundle.read'>> {
  const desk = requireBundleDesk(context)
  const { path } = desk.find('download', download)
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const piece = Buffer.alloc(Math.max(0, Math.min(bundlePieceBytes, size - offset)))
    const { bytesRead } = await file.read(piece, 0, piece.byteLength, offset)
    const next = offset + bytesRead
    const bytes = piece.toString('base64', 0, bytesRead)
    if (next < size) return { bytes, nextOffset: next, sizeBytes: size }
    await desk.remove(download)
    return { bytes, nextOffset: null, sizeBytes: size }
  } finally {
    await file.close()
  }
}

async function makeFile(
  context: ServiceContext,
  work: {
    readonly name: string
    readonly manifest: BundleManifest
    readonly input: Input
    readonly passphrase: string | null
  },
  { signal, progress }: Options,
): Promise<CallOutput<'bundle.export.apply'>> {
  const { name, manifest, input, passphrase } = work
  const desk = requireBundleDesk(context)
  const { token, path } = await desk.put('download', name)
  const content = contentOf(context, input, { manifest, signal, progress })
  try {
    const seal = passphrase === null ? null : { passphrase, workFactor: desk.workFactor }
    await writeBundle(path, { manifest, content, seal, signal })
    const { size } = await stat(path)
    return { download: token, name, sizeBytes: size, digest: await digestOf(path) }
  } catch (error) {
    await desk.remove(token)
    throw error
  }
}

/** Files of a run come one after the other, so each run is read once, and one is in memory at a time. */
function contentOf(
  context: ServiceContext,
  input: Input,
  { manifest, signal, progress }: Options & { readonly manifest: BundleManifest },
): (path: string) => AsyncIterable<Uint8Array> {
  const runs = new Map(manifest.files.map(({ path, run }) => [path, run]))
  const ids = manifest.runs.map(({ id }) => id)
  // What is masked was counted when the plan was made: the same in the same order, so that the labels are the same.
  const redactor = redactorOf(context, input)
  let current: { readonly run: RunId; readonly opened: RunSources } | null = null
  return async function* content(path) {
    const run = runs.get(path)
    if (run === undefined) throw new AppError('bug', `${path} is not in the manifest.`)
    if (current?.run !== run) {
      progress({ done: ids.indexOf(run), total: ids.length, item: run })
      current = { run, opened: await openSources(context, run, { ...input, redactor, signal }) }
    }
    const source = current.opened.sources.find((one) => one.path === path)
    if (source === undefined)
      throw new AppError('stale', `${path} is gone. No bundle was made. Review the plan again.`)
    yield* source.parts()
  }
}

/** Null: nothing is masked. A rule of the settings that cannot be used would hide nothing: then nothing is exported. */
function redactorOf({ settings }: ServiceContext, { redact, runs }: Input): Redactor | null {
  if (!redact) return null
  const { rules, problems } = compileRules(settings.value.redaction)
  const [problem] = problems
  if (problem === undefined) return createRedactor(rules, runs)
  const message = `${problem.path} of unstuck.json cannot be used: ${problem.sentence} Mend it first: until then it hides nothing.`
  throw new AppError('invalid-input', message, { path: problem.path })
}

const nothingMasked: RedactionReport = { total: 0, values: 0, rules: [], rows: [], more: 0 }

async function makePlan(context: ServiceContext, input: Input, options: Options): Promise<Made> {
  const asOf = input.asOf ?? context.now()
  const redactor = redactorOf(context, input)
  const [rows, runs, files, revs]: [ExportRow[], BundledRun[], BundledFile[], string[]] = [
    [],
    [],
    [],
    [],
  ]
  for (const run of [...new Set(input.runs)].toSorted()) {
    if (options.signal.aborted) throw cancelled()
    const found = await gather(context, run, { ...input, redactor, signal: options.signal })
    options.progress({ done: rows.length, total: input.runs.length, item: run })
    if ('problem' in found) rows.push(unable(run, found.problem))
    else {
      const sizeBytes = found.files.reduce((sum, file) => sum + file.sizeBytes, 0)
      rows.push({ ...found.row, files: found.files.length, sizeBytes, problem: null })
      runs.push(found.row)
      files.push(...found.files)
      revs.push(found.rev)
    }
  }
  const plan = planOf(rows, { files, input, redaction: redactor?.report() ?? nothingMasked })
  const manifest = manifestOf(context, { runs, files, input, plan, asOf })
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
    return { row: opened.row, files: await measureSources(opened), rev: opened.rev }
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
  }: {
    readonly files: readonly BundledFile[]
    readonly input: Input
    readonly redaction: BundleExportPlan['redaction']
  },
): BundleExportPlan {
  const able = rows.filter(({ problem }) => problem === null)
  const backups =
    input.backups && input.redact
      ? ['Backups are only taken along without masking: a masked copy proves nothing.']
      : []
  return {
    ready: able.length > 0,
    rows: rows.slice(0, 500),
    runs: able.length,
    files: files.length,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    redacted: input.redact,
    redaction,
    problems: [...rows.flatMap(({ problem }) => problem ?? []).slice(0, 100), ...backups],
  }
}

function manifestOf(
  context: ServiceContext,
  made: {
    readonly runs: readonly BundledRun[]
    readonly files: readonly BundledFile[]
    readonly input: Input
    readonly plan: BundleExportPlan
    readonly asOf: string
  },
): BundleManifest {
  const { logs, backups, paths, redact } = made.input
  return {
    format: bundleFormat,
    version: bundleVersion,
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
    files: [...made.files],
    redaction: made.plan.redaction,
  }
}

function nameOf({ runs, madeAt }: BundleManifest): string {
  const [first] = runs
  const what = runs.length === 1 && first !== undefined ? first.id : `${runs.length}-runs`
  return `${what}-${madeAt.slice(0, 10)}${bundleEnding}`
}

function oneRun({ runs }: BundleManifest): string | null {
  return runs.length === 1 ? (runs[0]?.id ?? null) : null
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part)
  return `sha256:${hash.digest('hex')}`
}

function cancelled(): AppError {
  return new AppError('cancelled', 'The bundle was cancelled. Nothing was written.')
}
