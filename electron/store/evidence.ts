// Evidence of damage: one compressed tar beside the backup that was made before a repair, which no program reads again.
import type { RunId } from '../../shared/schema/ids.ts'
import { replaceFile } from './atomicWrite.ts'
import { tarEnd, tarHeader, tarPadding } from './archiveTar.ts'
import { compressFrame } from './compressZstd.ts'
import { checkEntryId } from './entryId.ts'
import { backupFolder } from './layout.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'

export type EvidenceFile = { readonly path: string; readonly bytes: Uint8Array }

/** Writes it durably; returns its path, relative to the root. */
export async function writeEvidence(
  context: StoreContext,
  { run, backup }: { readonly run: RunId; readonly backup: string },
  files: readonly EvidenceFile[],
): Promise<string> {
  const path = `${backupFolder(run)}/${checkEntryId(backup, 'backup')}/evidence.tar.zst`
  const modifiedAt = Math.floor(Date.parse(context.now()) / 1000)
  const parts = files.flatMap(({ path: name, bytes }) => [
    tarHeader({ path: name, sizeBytes: bytes.byteLength, mode: 0o600, modifiedAt }),
    bytes,
    tarPadding(bytes.byteLength),
  ])
  try {
    await replaceFile(context, path, await compressFrame(Buffer.concat([...parts, tarEnd()])))
    return path
  } catch (error) {
    throw asWriteError(
      error,
      `The evidence of run ${run} could not be kept, so nothing was changed`,
    )
  }
}
