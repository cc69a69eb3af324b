// What of a document of another engine goes into a bundle: its file, and those that its engine keeps beside it.
import type { CancelSignal } from '../../../shared/cancel.ts'
import type { ExportDocument } from '../../../shared/contract/exports.ts'
import { readBundlePath, writeBundlePath } from '../../../shared/core/bundle/bundlePath.ts'
import type { BundledDocument } from '../../../shared/core/bundle/manifest.ts'
import type { Redactor } from '../../../shared/core/secrets/redact.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import { openExported, type ExportedFile } from '../exports/documentTexts.ts'
import { piecesOf, rawParts, type BundleSource } from './bundleSources.ts'

export type DocumentSources = {
  readonly row: BundledDocument
  readonly rev: string
  readonly sources: readonly BundleSource[]
}

/**
 * [X140] Unmasked it is the bytes that it is. Masked only what is a secret in it changes; what is packed or of another encoding
 * cannot be masked so. Throws `invalid-input` where it cannot be taken, and why.
 */
export async function openDocumentSources(
  context: ServiceContext,
  ref: ExportDocument,
  { redactor, signal }: { readonly redactor: Redactor | null; readonly signal: CancelSignal },
): Promise<DocumentSources> {
  const opened = await openExported(context, ref)
  if (redactor !== null && opened.problem !== null) throw unmaskable(ref, opened.problem)
  const files = opened.files.length === 0 ? [{ path: ref.document, text: '' }] : opened.files
  for (const { path } of files) requireName(path)
  const revs: string[] = []
  const sources: BundleSource[] = []
  let isMasked = false
  for (const { path, text } of files) {
    const { bytes, rev } = await context.store.readDocument(path)
    revs.push(`${path} ${rev}`)
    const name = writeBundlePath({ kind: 'document', run: null, path })
    if (redactor === null)
      sources.push({ path: name, parts: () => rawParts(context, path, signal) })
    else {
      if (!isPlain(bytes, text))
        throw unmaskable(ref, `${path} is packed or of another encoding than UTF-8.`)
      const masked = redactor.json(text, { file: name })
      isMasked ||= masked !== text
      sources.push({ path: name, parts: () => piecesOf(masked) })
    }
  }
  const form = isMasked ? ('masked' as const) : ('exact' as const)
  const { document, format } = ref
  return {
    row: { document, format, engine: opened.engine, form, note: isMasked ? maskedNote : null },
    rev: context.sha256(revs.join(' ')),
    sources,
  }
}

/** Before anything is masked, so that one file does not tell what another hides. */
export async function learnDocument(
  context: ServiceContext,
  ref: ExportDocument,
  redactor: Redactor,
): Promise<void> {
  for (const { text } of await filesOf(context, ref)) redactor.learn(text)
}

async function filesOf(
  context: ServiceContext,
  ref: ExportDocument,
): Promise<readonly ExportedFile[]> {
  try {
    return (await openExported(context, ref)).files
  } catch (error) {
    // Its own row says so.
    if (error instanceof AppError && error.code !== 'bug') return []
    throw error
  }
}

function isPlain(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(text).equals(bytes)
}

function requireName(path: string): void {
  const name = writeBundlePath({ kind: 'document', run: null, path })
  if (readBundlePath(name) !== null) return
  const message = `The name ${path} has no place in a bundle. Copy it to a plain name outside of runs/ and .unstuck/, or export it as JSON.`
  throw new AppError('invalid-input', message, { document: path })
}

function unmaskable({ document }: ExportDocument, why: string): AppError {
  const message = `${document} cannot be masked as the file that it is: ${why} Export it as JSON, or put it in unmasked, with a reason.`
  return new AppError('invalid-input', message, { document })
}

const maskedNote = 'Masked: a sum that its engine keeps may not fit any more.'
