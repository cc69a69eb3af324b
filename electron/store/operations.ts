// Writes the operations log: who asked for what, and what was then found on disk.
import { compare } from '../../shared/schema/compare.ts'
import { AppError } from '../../shared/errors.ts'
import { appendLine } from './appendLine.ts'
import { renameWithPatience } from './atomicWrite.ts'
import { places } from './layout.ts'
import { absolute, checkedPath, statusOf } from './paths.ts'
import { childrenOf } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { orGone } from './storeErrors.ts'
import type { OperationLine } from './operationLog.ts'

/**
 * On disk when it resolves: what was requested is known also when the machine stops before it is done. A last line that was
 * cut short stays as a line of its own. A log that has grown long is put aside first and never deleted.
 */
export async function logOperation(context: StoreContext, operation: OperationLine): Promise<void> {
  const { id, call, item, ...rest } = operation
  const line = JSON.stringify({ id, at: context.now(), call, item, ...rest })
  await putLongLogAside(context)
  await appendLine(context, places.operations, { line, durable: true })
}

/** Files of the log below `.unstuck`, oldest first; the one that grows is last. */
export async function operationFiles(context: StoreContext): Promise<readonly string[]> {
  const names = await childrenOf(context, places.state)
  const aside = names.flatMap((name) => {
    const number = asidePattern.exec(name)?.[1]
    return number === undefined ? [] : [{ name, number: Number(number) }]
  })
  const ordered = aside.toSorted((a, b) => a.number - b.number || compare(a.name, b.name))
  const current = names.includes(currentName) ? [currentName] : []
  return [...ordered.map(({ name }) => name), ...current].map((name) => `${places.state}/${name}`)
}

export function isOperationLog(name: string): boolean {
  return name === currentName || asidePattern.test(name)
}

/** The new name is nobody's, so that of two processes that do this at once none replaces the other's file. */
async function putLongLogAside(context: StoreContext): Promise<void> {
  const status = await statusOf(context, places.operations)
  if (status?.kind !== 'file' || status.sizeBytes < longestBytes) return
  const numbers = (await operationFiles(context)).map((path) => asidePattern.exec(nameOf(path)))
  const next = Math.max(0, ...numbers.map((match) => Number(match?.[1] ?? 0))) + 1
  if (!Number.isSafeInteger(next)) {
    throw new AppError('io', 'The operations log has no free number. Move its files elsewhere.')
  }
  const aside = `${places.state}/operations.${next}-${context.randomId(6)}.jsonl`
  const putAside = async (): Promise<void> => {
    const from = await checkedPath(context, places.operations)
    await renameWithPatience(context, from, await checkedPath(context, aside))
    await context.fileSystem.syncFolder(absolute(context, places.state))
  }
  // It is not there where another process was first.
  await orGone(putAside)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const currentName = 'operations.jsonl'
const asidePattern = /^operations\.(\d+)(?:-[0-9a-z]+)?\.jsonl$/
const longestBytes = 16_000_000
