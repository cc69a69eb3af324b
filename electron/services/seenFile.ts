// What the operations log says of a file before and after a change.
import { hash } from 'node:crypto'
import { readSummary } from '../../shared/core/codec/summaryLine.ts'
import { errorFingerprint } from '../../shared/core/diagnose/errorFingerprint.ts'
import { AppError } from '../../shared/errors.ts'
import type { Summary } from '../../shared/schema/head.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { SeenFile } from '../../shared/schema/operation.ts'
import type { Store } from '../store/store.ts'
import type { ServiceContext } from './context.ts'

/** The head of the run that an operation is on; null where the item is no run. */
export function watchedFile(
  { layout }: Pick<Store, 'layout'>,
  item: string,
): { readonly before: string; readonly after: string } | null {
  const run = RunId.safeParse(item)
  if (!run.success) return null
  const head = layout.head(run.data)
  return { before: head, after: head }
}

/** A file that cannot be read has no digest: the operation itself says what is wrong with it. */
export async function seenFile(
  { store, sha256 }: Pick<ServiceContext, 'store' | 'sha256'>,
  path: string,
): Promise<SeenFile> {
  const nothing = { path, digest: null, status: null, seq: null }
  try {
    const { bytes, sizeBytes } = await store.readSlice(path, { offset: 0, limitBytes: mostBytes })
    const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, startBytes))
    const summary = readSummary(start.toString('utf8'), sha256)
    const digest = sizeBytes > bytes.length ? null : `sha256:${hash('sha256', bytes)}`
    const { status = null, seq = null } = summary ?? {}
    return { path, digest, status, seq, ...failureOf(summary) }
  } catch (error) {
    if (error instanceof AppError) return nothing
    throw error
  }
}

function failureOf(summary: Summary | null): Pick<SeenFile, 'failed'> {
  if (summary === null || summary.status !== 'failed' || summary.error === null) return {}
  const { step, error: message, errorName: name = null } = summary
  return { failed: { step, error: errorFingerprint({ step, name, message }) } }
}

const mostBytes = 4 * 1024 * 1024
const startBytes = 4096
