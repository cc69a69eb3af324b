import { z } from 'zod'
import { BundledDocument, BundledRun, BundleManifest } from '../core/bundle/manifest.ts'
import { RedactionReport } from '../core/secrets/redactionReport.ts'
import { RunId } from '../schema/ids.ts'
import { BatchProgress, OutcomeRow, type CallRow } from './call.ts'
import { approval, asOf, planned } from './planned.ts'
import { lazyObject } from '../schema/lazyObject.ts'
import { ExportDocument } from './exports.ts'

/** Never logged, never kept: it is in memory while the call is answered. */
const passphrase = z.string().min(1).max(1000).nullable().default(null)
const Size = z.number().int().min(0)

/** A file that waits at the host to be taken or used, known by this as long as the host lives. */
const Token = z.string().regex(/^[a-z0-9]{1,40}$/)

/** At most this many bytes in one message, which carries them as Base64. */
export const bundlePieceBytes = 512 * 1024
const Bytes = z.base64().max(700_000)

export const ExportRow = lazyObject(() => ({
  ...BundledRun.pick({ id: true, workflow: true, status: true, form: true, note: true }).shape,
  files: Size,
  sizeBytes: Size,
  /** Why it cannot be put into a bundle; null: it can. */
  problem: z.string().nullable(),
}))
export type ExportRow = z.infer<typeof ExportRow>

export const ExportDocumentRow = lazyObject(() => ({
  ...BundledDocument.pick({ document: true, engine: true, form: true, note: true }).shape,
  files: Size,
  sizeBytes: Size,
  problem: z.string().nullable(),
}))
export type ExportDocumentRow = z.infer<typeof ExportDocumentRow>

export const BundleExportPlan = lazyObject(() => ({
  ready: z.boolean(),
  /** The first 500. */
  rows: z.array(ExportRow),
  runs: Size,
  /** Documents of other engines, in the order in which they were named. */
  documents: z.array(ExportDocumentRow).optional(),
  files: Size,
  /** Before they are compressed. */
  sizeBytes: Size,
  redacted: z.boolean(),
  redaction: RedactionReport,
  problems: z.array(z.string()),
}))
export type BundleExportPlan = z.infer<typeof BundleExportPlan>

const exportInput = {
  runs: z.array(RunId).max(10_000).default([]),
  /** Documents of other engines, each whole: they are carried as the files that they are. */
  documents: z.array(ExportDocument).max(1_000).default([]),
  /** Outputs of attempts, and what wrappers reported of them. */
  logs: z.boolean().default(true),
  /** Copies from before edits and repairs; only where nothing is masked, since a masked copy proves nothing. */
  backups: z.boolean().default(false),
  redact: z.boolean().default(true),
  /** Folders of this machine are told too. */
  paths: z.boolean().default(false),
  asOf,
}

export const BundleFacts = lazyObject(() => ({
  madeBy: BundleManifest.shape.madeBy,
  madeAt: z.string(),
  source: BundleManifest.shape.source,
  redacted: z.boolean(),
  sealed: z.boolean(),
  runs: Size,
  /** Of other engines; they are looked at in the bundle, and never imported. */
  documents: Size.optional(),
  redaction: RedactionReport,
  /** What is not whole, by file; the first 200. */
  damage: z.array(z.object({ file: z.string(), problem: z.string() })),
  damaged: Size,
}))
export type BundleFacts = z.infer<typeof BundleFacts>

export const BundleImportRow = lazyObject(() => ({
  /** Its id in the bundle, and the one that it gets here: another where that is taken. */
  run: RunId,
  as: RunId,
  workflow: z.string().nullable(),
  status: z.string().nullable(),
  files: Size,
  sizeBytes: Size,
  notes: z.array(z.string()),
  problem: z.string().nullable(),
}))
export type BundleImportRow = z.infer<typeof BundleImportRow>

export const BundleImportPlan = z.object({
  ready: z.boolean(),
  bundle: BundleFacts,
  /** The first 500. */
  rows: z.array(BundleImportRow),
  runs: Size,
})
export type BundleImportPlan = z.infer<typeof BundleImportPlan>

const chosenInput = {
  /** Null: all runs of the bundle. */
  runs: z.array(RunId).min(1).max(10_000).nullable().default(null),
  asOf,
}
const importInput = { upload: Token, passphrase, ...chosenInput }
/** One that was open here lately, as `workspace.recent` names it. */
const intoInput = { workspace: z.string().min(1).max(4096), ...chosenInput }

/** Runs in one file, to be taken elsewhere. The file is made and read at the host, and crosses in pieces. */
export const bundleCalls = {
  /** What a bundle of these runs would hold, how large it would be, and what would be masked where. Writes nothing. */
  'bundle.export.plan': {
    input: z.object(exportInput),
    output: planned(BundleExportPlan),
    effect: 'read',
    progress: BatchProgress,
  },
  /** Makes the file at the host, outside the workspace. Without masking only with a reason, which the operations log keeps. */
  'bundle.export.apply': {
    input: lazyObject(() => ({
      ...exportInput,
      ...approval,
      passphrase,
      reason: z.string().trim().min(1).max(2000).nullable().default(null),
    })),
    output: z.object({
      download: Token,
      name: z.string(),
      sizeBytes: Size,
      /** `sha256:<hex>` of the file. */
      digest: z.string(),
    }),
    effect: 'write',
    progress: BatchProgress,
  },
  /** A piece of a file that was made. The last one takes it away at the host. */
  'bundle.read': {
    input: z.object({ download: Token, offset: Size.default(0) }),
    output: z.object({ bytes: Bytes, nextOffset: Size.nullable(), sizeBytes: Size }),
    effect: 'read',
  },
  /** A piece of a file that is to be imported; null begins one. */
  'bundle.receive': {
    input: lazyObject(() => ({
      upload: Token.nullable().default(null),
      /** What the file is called, for the run’s origin: no path, and used as none. */
      name: z
        .string()
        .regex(/^[^/\\\p{Cc}]{1,200}$/u)
        .default('bundle.unstuck'),
      offset: Size,
      bytes: Bytes,
    })),
    output: z.object({ upload: Token, sizeBytes: Size }),
    effect: 'write',
  },
  /**
   * Which runs of a bundle would become runs of this workspace, under which ids, and what speaks against it. Writes
   * nothing.
   */
  'bundle.import.plan': {
    input: z.object(importInput),
    output: planned(BundleImportPlan),
    effect: 'read',
  },
  /** Makes a run of each, all its files or none of it. */
  'bundle.import.apply': {
    input: z.object({ ...importInput, ...approval }),
    output: z.object({ rows: z.array(OutcomeRow) }),
    effect: 'write',
    progress: BatchProgress,
  },
  /** Asked of an opened bundle: what its runs would become in another workspace of this machine. Writes nothing. */
  'bundle.into.plan': {
    input: z.object(intoInput),
    output: planned(BundleImportPlan),
    effect: 'read',
  },
  /** Makes them there, each with all its files or none of it. The bundle stays as it is. */
  'bundle.into.apply': {
    input: z.object({ ...intoInput, ...approval }),
    output: z.object({ rows: z.array(OutcomeRow) }),
    effect: 'write',
    progress: BatchProgress,
  },
} as const satisfies Record<string, CallRow>
