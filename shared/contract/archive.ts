import { z } from 'zod'
import { RunId } from '../schema/ids.ts'
import { BatchProgress, OutcomeRow, Ref, type CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

const runs = lazyObject(() => ({
  runs: z.array(RunId).min(1).max(10_000),
  /** To which they are encrypted, or were. */
  passphrase: z.string().min(1).max(1000).nullable().optional(),
}))

/** `result` of a row: the archive. One that is done with a `cause` was so before; sizes are of those that were moved. */
const ArchiveRows = lazyObject(() => ({
  rows: z.array(OutcomeRow),
  /** Of the archives, and of the files in them. */
  archiveBytes: z.number().int(),
  plainBytes: z.number().int(),
}))
export type ArchiveRows = z.infer<typeof ArchiveRows>

export const archiveCalls = {
  /** Moves runs at rest into one compressed file each. They stay listed, and are read as before. */
  'run.archive': { input: runs, output: ArchiveRows, effect: 'write', progress: BatchProgress },
  /** Puts all files of archived runs back. */
  'run.unarchive': { input: runs, output: ArchiveRows, effect: 'write', progress: BatchProgress },
  /**
   * Opens a run that is encrypted in the archive, to be read: in the memory of this host, for whoever looks at it. A wrong
   * passphrase fails with `needs: passphrase`. Writes nothing; what is given is never logged, never kept.
   */
  'archive.unlock': {
    input: z.object({ ref: Ref, passphrase: z.string().min(1).max(1000) }),
    /** False: it is not encrypted, and read as it is. */
    output: z.object({ unlocked: z.boolean() }),
    effect: 'read',
  },
  /** Wipes from memory what was opened so. The end of the host does it too. */
  'archive.lock': {
    input: z.object({ ref: Ref }),
    /** False: it was not open. */
    output: z.object({ locked: z.boolean() }),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
