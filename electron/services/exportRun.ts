// Writes a run that was imported back into the document that it was made of.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { FormatChange } from '../../shared/core/formats/format.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { decodeUtf8 } from './decodeUtf8.ts'
import { readStoredRun, requireRun } from './openStoredRun.ts'
import type { FormatState } from './readFormat.ts'
import { openDocumentKind } from './readDocumentText.ts'
import { runIdOf } from './refs.ts'
import { unpack } from './unpack.ts'

/** Why an imported run has a copy of its document. */
export const importReason = 'imported from this document'

/** [F213] Refused once the document is not what the run was made of: somebody went on with it. */
export async function exportOf(
  context: ServiceContext,
  { format, set, text, revs }: FormatState,
  id: RunId,
): Promise<FormatChange> {
  const original = await readOriginal(context, id)
  if (original?.document !== set.document)
    return refused(`Run ${id} was not imported from ${set.document}.`)
  if (original.rev !== revs.get(set.document))
    return refused(
      `${set.document} changed since run ${id} was imported from it: ${format.name} or somebody else wrote it.`,
    )
  const run = requireRun(await readStoredRun(context, id))
  const texts = new Map([...set.texts, [set.document, original.text ?? text]])
  return format.fromRun({ ...set, texts }, run, { sha256: context.sha256, now: context.now() })
}

function refused(problem: string): FormatChange {
  return { kind: 'refused', problems: [problem] }
}

export async function findOrigin(
  context: ServiceContext,
  { ref }: HandlerInput<'document.origin'>,
): Promise<CallOutput<'document.origin'>> {
  const original = await readOriginal(context, runIdOf(context, ref))
  if (original === null) return { origin: null }
  const { document } = original
  const { format } = await openDocumentKind(context, { document, item: original.item })
  return { origin: { workspace: ref.workspace, format, document, item: original.item } }
}

type Original = {
  readonly document: string
  readonly item: string | null
  readonly text: string | null
  readonly rev: string
}

/** The document as it was when the run was made of it. */
async function readOriginal({ store }: ServiceContext, id: RunId): Promise<Original | null> {
  const backups = await store.backups(id)
  const backup = backups.find(({ reason }) => reason.startsWith(importReason))
  const document = backup?.files[0]
  if (backup === undefined || document === undefined) return null
  const stored = await store.readBackup(id, backup.id, document)
  const unpacked = await unpack(document, stored.bytes, mostBytes)
  const decoded = unpacked.kind === 'ok' ? decodeUtf8(unpacked.bytes) : null
  if (decoded === null || !('text' in decoded))
    throw new AppError('corrupt', `The copy of ${document} in backup ${backup.id} cannot be read.`)
  const item = backup.reason.slice(importReason.length + itemMark.length) || null
  return { document, item, text: decoded.text, rev: stored.rev }
}

export function importReasonOf(item: string | null): string {
  return item === null ? importReason : `${importReason}${itemMark}${item}`
}

const itemMark = ', '
const mostBytes = 64 * 1024 * 1024
