// What of a run goes into a bundle: each file with what it comes to, and how its content is made again when it is written.
import { createHash } from 'node:crypto'
import type { CancelSignal } from '../../../shared/cancel.ts'
import { readBundlePath, writeBundlePath } from '../../../shared/core/bundle/bundlePath.ts'
import type { BundleRunPath } from '../../../shared/core/bundle/bundlePath.ts'
import type { Redactor } from '../../../shared/core/secrets/redact.ts'
import { AppError } from '../../../shared/errors.ts'
import type { BundledFile, BundledRun } from '../../../shared/core/bundle/manifest.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { ServiceContext } from '../context.ts'
import { readStoredRun, type OpenedRun } from '../openStoredRun.ts'
import { maskedParts } from './maskedParts.ts'
import { isWhole, learnFrom, sealedTexts } from './sealedTexts.ts'

export type SourceOptions = {
  readonly logs: boolean
  readonly backups: boolean
  readonly paths: boolean
}

export type BundleSource = {
  readonly path: string
  readonly parts: () => AsyncIterable<Uint8Array>
}

/** A run as it goes into a bundle, read once: its records are in memory as long as this is. */
export type RunSources = {
  readonly row: BundledRun
  readonly rev: string
  readonly sources: readonly BundleSource[]
}

/** Throws `version-too-new` for a run of which nothing is known, `not-found` for none. */
export async function openSources(
  context: ServiceContext,
  run: RunId,
  options: SourceOptions & {
    /** Null: nothing is masked. */
    readonly redactor: Redactor | null
    readonly signal: CancelSignal
  },
): Promise<RunSources> {
  const opened = await readStoredRun(context, run)
  if (opened.reading.health === 'newer-version')
    throw new AppError(
      'version-too-new',
      `Run ${run} was written by a newer version of Unstuck. Put it into a bundle with that version.`,
      { run },
    )
  const { redactor } = options
  if (redactor !== null) learnFrom(opened, redactor)
  const isSealable = opened.health === 'ok' && isWhole(opened)
  const form = redactor === null ? 'exact' : isSealable ? 'resealed' : 'as-found'
  const files = bundledFiles(opened, options)
  const sealed =
    redactor !== null && isSealable ? sealedTexts(context, opened, { ...options, redactor }) : null
  const sources = files.taken.map(({ path, place }): BundleSource => {
    const name = writeBundlePath(place)
    const text =
      place.kind === 'head' ? sealed?.head : place.kind === 'journal' ? sealed?.journal : undefined
    const raw = () => rawParts(context, path, options.signal)
    if (text !== undefined) return { path: name, parts: () => piecesOf(text) }
    return {
      path: name,
      parts: redactor === null ? raw : () => maskedParts(raw(), { redactor, file: name }),
    }
  })
  return { row: rowOf(opened, { form, note: files.note }), rev: opened.stored.rev, sources }
}

/** The rows of the manifest; each content is made once for its size and digest. */
export async function measureSources(
  run: RunId | null,
  { sources }: Pick<RunSources, 'sources'>,
): Promise<readonly BundledFile[]> {
  const files: BundledFile[] = []
  for (const { path, parts } of sources) {
    const hash = createHash('sha256')
    let sizeBytes = 0
    for await (const part of parts()) {
      hash.update(part)
      sizeBytes += part.byteLength
    }
    files.push({ path, run, sizeBytes, digest: `sha256:${hash.digest('hex')}` })
  }
  return files
}

type Taken = { readonly path: string; readonly place: BundleRunPath }

function bundledFiles(
  { stored }: OpenedRun,
  options: SourceOptions & { readonly redactor: Redactor | null },
): { readonly taken: readonly Taken[]; readonly note: string | null } {
  const taken: Taken[] = []
  let [left, copies] = [0, 0]
  for (const { path, kind } of stored.files) {
    const isWanted = kind === 'log' || kind === 'step' ? options.logs : kind !== 'lock'
    if (!isWanted) continue
    if (kind === 'backup' && !options.backups) continue
    // A copy is evidence by its bytes: masked, it would be none.
    if (kind === 'backup' && options.redactor !== null) copies += 1
    else {
      const place = placeOf(stored.id, { path, kind })
      if (place === null) left += 1
      else taken.push({ path, place })
    }
  }
  const notes = [
    ...(copies === 0 ? [] : [`${copies} files of backups are left out: they cannot be masked.`]),
    ...(left === 0 ? [] : [`${left} files are left out: their names have no place in a bundle.`]),
  ]
  return { taken, note: notes.length === 0 ? null : notes.join(' ') }
}

function placeOf(
  run: RunId,
  { path, kind }: { readonly path: string; readonly kind: string },
): BundleRunPath | null {
  if (kind === 'head' || kind === 'journal') return { kind, run }
  if (kind !== 'log' && kind !== 'step' && kind !== 'backup') return null
  const rest = path.slice(path.indexOf(`/${run}/`) + run.length + 2)
  const place: BundleRunPath = { kind, run, rest }
  return readBundlePath(writeBundlePath(place)) === null ? null : place
}

function rowOf(
  { stored, run }: OpenedRun,
  { form, note }: { readonly form: BundledRun['form']; readonly note: string | null },
): BundledRun {
  const head = stored.files.find(({ kind }) => kind === 'head' || kind === 'journal')?.path
  return {
    id: stored.id,
    day: head?.split('/').at(-2) ?? '',
    kind: run?.kind ?? null,
    workflow: run?.workflow.name ?? null,
    status: run?.status ?? null,
    form,
    note,
  }
}

export async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.byteLength; at += pieceBytes)
    yield bytes.subarray(at, at + pieceBytes)
}

export async function* rawParts(
  { store }: ServiceContext,
  path: string,
  signal: CancelSignal,
): AsyncGenerator<Uint8Array> {
  for (let offset = 0; ;) {
    if (signal.aborted) throw new AppError('cancelled', 'The bundle was cancelled.')
    const { bytes } = await store.readSlice(path, { offset, limitBytes: pieceBytes })
    if (bytes.byteLength === 0) return
    offset += bytes.byteLength
    yield bytes
  }
}

const pieceBytes = 256 * 1024
