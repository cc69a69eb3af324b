import { z } from 'zod'
import { lazyObject } from './lazyObject.ts'

/** What takes an operation back: a call of the contract, on an item, and which edit, backup or entry of the trash is meant. */
export const OperationUndo = lazyObject(() => ({
  call: z.enum([
    'edit.undo',
    'repair.undo',
    'document.undo',
    'migrate.rollback',
    'cleanup.restore',
    'run.annotate',
    'run.archive',
    'run.unarchive',
    'error.decide',
    'bundle.import.apply',
  ]),
  item: z.string(),
  /** A record's number, a backup, an entry of the trash, or a change as JSON; null where the item says it all. */
  target: z.string().nullable(),
}))
export type OperationUndo = z.infer<typeof OperationUndo>

/** What a value was and is now, as JSON text, perhaps cut. */
export const LoggedChange = lazyObject(() => ({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
}))
export type LoggedChange = z.infer<typeof LoggedChange>

/** The file that an operation is about, as it was found: its digest (`sha256:<hex>`), and what the head of a run says of it. */
export const SeenFile = lazyObject(() => ({
  path: z.string(),
  /** Null: it is not there, or too large to be read for this. */
  digest: z.string().nullable(),
  status: z.string().nullable(),
  seq: z.number().int().nullable(),
  /** Of a run that had failed: at which step, and what tells runs that failed alike. */
  failed: z.object({ step: z.string().nullable(), error: z.string() }).optional(),
}))
export type SeenFile = z.infer<typeof SeenFile>

/** What an operation's two lines may say besides call, item and who. */
export const operationDetails = {
  /** Why, as the person said it. */
  reason: z.string().optional(),
  /** The operation that this one takes back. */
  undoes: z.string().optional(),
  /** The run that was made by it, where that is not the item. */
  made: z.string().optional(),
  before: SeenFile.optional(),
  after: SeenFile.optional(),
  changes: z.array(LoggedChange).optional(),
  undo: OperationUndo.optional(),
} as const

export type OperationDetails = {
  readonly reason?: string | undefined
  readonly undoes?: string | undefined
  readonly made?: string | undefined
  readonly before?: SeenFile | undefined
  readonly after?: SeenFile | undefined
  readonly changes?: readonly LoggedChange[] | undefined
  readonly undo?: OperationUndo | undefined
}
