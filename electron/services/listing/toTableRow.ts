import { errorFingerprint } from '../../../shared/core/diagnose/errorFingerprint.ts'
import type { Entry } from '../../store/store.ts'
import type { RowFacts } from '../rowFacts.ts'
import type { TableRow } from './tableRow.ts'

/** The row of an entry of which these facts were read. */
export function toTableRow(
  entry: Entry,
  facts: RowFacts,
  state: { readonly readAtMs: number; readonly isVerified: boolean; readonly isExact: boolean },
): TableRow {
  const { summary, holder } = facts
  const isNative = entry.run !== null && facts.format === 'unstuck'
  const document = isNative && entry.run !== null ? entry.run : entry.document
  const { rule, sentence, severity } = facts.reason
  return {
    document: entry.document,
    isRun: entry.run !== null,
    stamp: entry.stamp,
    isSettled: facts.isSettled,
    ...state,
    row: {
      ref: { format: isNative ? 'unstuck' : facts.format, document },
      id: isNative ? document : (summary?.id ?? fileName(document)),
      workflow: summary?.workflow ?? facts.holds ?? null,
      version: summary?.version ?? null,
      status: facts.said ?? summary?.status ?? null,
      health: facts.health,
      liveness: facts.liveness,
      reason: { rule, sentence, severity },
      step: summary?.step ?? null,
      stepsDone: summary?.stepsDone ?? 0,
      stepsTotal: summary?.stepsTotal ?? 0,
      createdAt: summary?.createdAt ?? null,
      updatedAt: summary?.updatedAt ?? entry.modifiedAt,
      finishedAt: summary?.finishedAt ?? null,
      attempts: summary?.attempts ?? 0,
      checkpoints: summary?.checkpoints ?? 0,
      sizeBytes: entry.sizeBytes,
      format: facts.label,
      owner: holder === null ? null : `${holder.hostName}, process ${holder.pid}`,
      parent: facts.forkOf,
      pinned: summary?.pinned ?? false,
      ...(entry.archived ? { archived: true } : {}),
      ...(facts.flaws === undefined ? {} : { flaws: facts.flaws }),
      ...errorOf(summary),
      ...(summary?.marks === undefined ? {} : { marks: summary.marks }),
    },
  }
}

function errorOf(summary: RowFacts['summary']): Pick<TableRow['row'], 'error'> {
  if (summary === null || summary.error === null) return {}
  const { step, error: message, errorName = null } = summary
  return { error: errorFingerprint({ step, name: errorName, message }) }
}

function fileName(document: string): string {
  return document.slice(document.lastIndexOf('/') + 1)
}
