import type { ExportDocumentRow } from '../../../shared/contract/bundles.ts'
import type { HandlerInput } from '../../../shared/contract/contract.ts'
import type { ExportDocument } from '../../../shared/contract/exports.ts'
import { throwIfCancelled, type CancelSignal } from '../../../shared/cancel.ts'
import type { BundledDocument, BundledFile } from '../../../shared/core/bundle/manifest.ts'
import type { Redactor } from '../../../shared/core/secrets/redact.ts'
import { toAppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import { measureSources } from './bundleSources.ts'
import { learnDocument, openDocumentSources } from './documentSources.ts'

type Gathered = {
  readonly rows: readonly ExportDocumentRow[]
  readonly documents: readonly BundledDocument[]
  readonly files: readonly BundledFile[]
  readonly revs: readonly string[]
}

/** A document that cannot be taken is a row with its reason; the others are taken. A file of two documents is there once. */
export async function gatherDocuments(
  context: ServiceContext,
  { documents: asked }: Pick<HandlerInput<'bundle.export.plan'>, 'documents'>,
  options: {
    readonly redactor: Redactor | null
    readonly signal: CancelSignal
    readonly onDone: (done: number, item: string) => void
  },
): Promise<Gathered> {
  const { redactor, signal, onDone } = options
  const documents = distinct(asked)
  if (redactor !== null) for (const ref of documents) await learnDocument(context, ref, redactor)
  const rows: ExportDocumentRow[] = []
  const taken: BundledDocument[] = []
  const files = new Map<string, BundledFile>()
  const revs: string[] = []
  for (const ref of documents) {
    throwIfCancelled(signal, 'Making the bundle')
    onDone(rows.length, ref.document)
    try {
      const opened = await openDocumentSources(context, ref, options)
      const own = await measureSources(null, opened)
      for (const file of own) files.set(file.path, file)
      const sizeBytes = own.reduce((sum, file) => sum + file.sizeBytes, 0)
      rows.push({ ...opened.row, files: own.length, sizeBytes, problem: null })
      taken.push(opened.row)
      revs.push(opened.rev)
    } catch (error) {
      rows.push(unable(ref, error))
    }
  }
  return { rows, documents: taken, files: [...files.values()], revs }
}

/** Each file once, in the order in which they were named. */
export function distinct(documents: readonly ExportDocument[]): readonly ExportDocument[] {
  return [...new Map(documents.map((ref) => [ref.document, ref])).values()]
}

function unable({ document }: ExportDocument, error: unknown): ExportDocumentRow {
  const { code, message } = toAppError(error)
  if (code === 'bug' || code === 'cancelled') throw error
  const none = { engine: '', form: 'exact', note: null, files: 0, sizeBytes: 0 } as const
  return { document, ...none, problem: message }
}
