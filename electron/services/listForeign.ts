import { neverCancelled } from '../../shared/cancel.ts'
import { foreignFormatIds, type Format } from '../../shared/core/formats/format.ts'
import type { ServiceContext } from './context.ts'
import { formatOf } from './readFormat.ts'
import { readRows } from './queryRuns.ts'

/** The documents of every engine whose state lies in the workspace. */
export async function listForeign(
  context: ServiceContext,
): Promise<readonly { readonly format: Format; readonly documents: readonly string[] }[]> {
  const rows = await readRows(context, { signal: neverCancelled })
  return foreignFormatIds.flatMap((id) => {
    const format = formatOf(id)
    const documents = rows.filter(({ ref }) => ref.format === id).map(({ ref }) => ref.document)
    return format === null || documents.length === 0 ? [] : [{ format, documents }]
  })
}
