// The first file of a bundle.
import { z } from 'zod'
import { FormatId } from '../../schema/format.ts'
import { RunId } from '../../schema/ids.ts'
import { Timestamp } from '../../schema/json.ts'
import { RunKind, RunStatus } from '../../schema/run.ts'
import { RedactionReport } from '../secrets/redactionReport.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

export const bundleFormat = 'unstuck-bundle'
/** 2: it holds documents of other engines too. What holds none is written as version 1, for readers of that. */
export const bundleVersion = 2

/** How a file name of a bundle ends. */
export const bundleEnding = '.unstuck'

const count = z.number().int().min(0)

export const BundledRun = lazyObject(() => ({
  id: RunId,
  /** The day folder in which it lay. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  kind: RunKind.nullable(),
  workflow: z.string().nullable(),
  status: RunStatus.nullable(),
  /** `resealed`: what was masked changed its sums and checksum, which were made anew. `as-found`: its bytes, damage and all. */
  form: z.enum(['exact', 'resealed', 'as-found']),
  note: z.string().nullable(),
})).loose()
export type BundledRun = z.infer<typeof BundledRun>

export const BundledFile = lazyObject(() => ({
  path: z.string().min(1).max(600),
  /** Null: it is of a document. */
  run: RunId.nullable(),
  sizeBytes: count,
  /** `sha256:<hex>` of its content. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
})).loose()
export type BundledFile = z.infer<typeof BundledFile>

/** A document of another engine: the file that it is, and what its engine keeps beside it. */
export const BundledDocument = lazyObject(() => ({
  /** Where it lay in its workspace, and where it lies in the bundle below `documents/`. */
  document: z.string().min(1).max(600),
  format: FormatId,
  engine: z.string().max(200),
  /** `masked`: secrets were taken out of its text; a sum that its engine keeps may not fit any more. */
  form: z.enum(['exact', 'masked']),
  note: z.string().nullable(),
})).loose()
export type BundledDocument = z.infer<typeof BundledDocument>

/** The first file of a bundle: what is in it, who made it, and what was masked. */
export const BundleManifest = lazyObject(() => ({
  format: z.literal(bundleFormat),
  version: z.literal([1, 2]),
  madeBy: z.looseObject({ application: z.string().max(100), version: z.string().max(100) }),
  madeAt: Timestamp,
  source: z.looseObject({
    workspace: z.string().max(500),
    /** Only where it was asked for. */
    folder: z.string().max(5000).nullable(),
    host: z.string().max(500).nullable(),
  }),
  redacted: z.boolean(),
  includes: z.looseObject({ logs: z.boolean(), backups: z.boolean(), paths: z.boolean() }),
  runs: z.array(BundledRun).max(10_000),
  documents: z.array(BundledDocument).max(1_000).optional(),
  files: z.array(BundledFile).max(200_000),
  redaction: RedactionReport,
})).loose()
export type BundleManifest = z.infer<typeof BundleManifest>

/** What a bundle of any version says of itself. */
export const BundleVersion = lazyObject(() => ({
  format: z.literal(bundleFormat),
  version: z.number().int().min(1),
  madeBy: z.looseObject({ version: z.string() }).optional().catch(undefined),
})).loose()
export type BundleVersion = z.infer<typeof BundleVersion>
