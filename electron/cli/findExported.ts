import type { ExportDocument } from '../../shared/contract/exports.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { findRun } from './references.ts'

/** What is meant, each once, in the order in which it was named: runs of Unstuck, and documents of other engines. */
export async function findExported(
  where: Parameters<typeof findRun>[0],
  texts: readonly string[],
): Promise<{ readonly runs: RunId[]; readonly documents: ExportDocument[] }> {
  const runs = new Set<RunId>()
  const documents = new Map<string, ExportDocument>()
  for (const text of texts) {
    const { format, document, item } = (await findRun(where, text)).ref
    if (format === 'unstuck') runs.add(RunId.parse(document))
    else documents.set(document, { format, document, item })
  }
  return { runs: [...runs], documents: [...documents.values()] }
}
