// Reads lock files, also those that cannot be understood.
import type { RunId } from '../../shared/schema/ids.ts'
import { LockHolder } from '../../shared/schema/lock.ts'
import { parseJsonIfAny } from '../../shared/schema/parseJson.ts'
import { decodeText, digestOf, readBytes } from './files.ts'
import { checkedPath, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { asReadError, isMissing } from './storeErrors.ts'

/** One lock as it was read. Its digest tells it from every other one, because each carries random characters. */
export type LockFile = {
  readonly run: RunId
  readonly holder: LockHolder
  readonly digest: string
}

export async function readLockFile(
  context: StoreContext,
  relative: string,
  run: RunId,
): Promise<LockFile | null> {
  const path = await checkedPath(context, relative)
  try {
    const bytes = await readBytes(context.fileSystem, path)
    const holder = parseHolder(decodeText(bytes)) ?? (await unreadable(context, relative, run))
    return holder === null ? null : { run, holder, digest: digestOf(bytes) }
  } catch (error) {
    if (isMissing(error)) return null
    throw asReadError(error, `The lock of run ${run} could not be read`)
  }
}

function parseHolder(text: string): LockHolder | null {
  return LockHolder.safeParse(parseJsonIfAny(text)).data ?? null
}

/** A lock that cannot be understood names nobody, so nothing proves that its holder is gone. */
async function unreadable(
  context: StoreContext,
  relative: string,
  run: RunId,
): Promise<LockHolder | null> {
  const status = await statusOf(context, relative)
  if (status === null) return null
  const since = new Date(Number(status.modifiedNs / 1_000_000n)).toISOString()
  return unknownHolder(run, { since, purpose: 'its lock file cannot be read' })
}

export function unknownHolder(
  run: RunId,
  { since, purpose }: Pick<LockHolder, 'since' | 'purpose'>,
): LockHolder {
  return {
    run,
    machineId: '',
    hostName: 'unknown host',
    bootId: '',
    pidNamespace: '',
    pid: 0,
    processStartTime: '',
    applicationVersion: '',
    epoch: 1,
    since,
    controlSocket: null,
    purpose,
  }
}
