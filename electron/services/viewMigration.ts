// One old document beside the run that it would become.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { utf8Length } from '../../shared/core/codec/locate.ts'
import { diff } from '../../shared/core/diff/diff.ts'
import { plannedChanges } from '../../shared/core/diff/plannedChanges.ts'
import { alignDocument } from '../../shared/core/migrate/alignDocument.ts'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { ServiceContext } from './context.ts'
import { planDocuments } from './makeMigrationPlan.ts'

/** [M17] */
export async function viewMigration(
  context: ServiceContext,
  { document, asOf }: HandlerInput<'migrate.show'>,
): Promise<CallOutput<'migrate.show'>> {
  const at = asOf ?? context.now()
  const [planned] = await planDocuments(context, [document], { at })
  if (planned === undefined)
    throw new AppError('not-found', `There is no document ${document}.`, { document })
  const { row, run, text } = planned
  const source = excerpt(text)
  if (run === null) return { row, source, target: null, changes: [], total: 0 }
  const { changes } = diff(alignDocument(text, row.from), run as unknown as Json) // a run is JSON by its schema
  const target = excerpt(encodeHead(run, context.sha256))
  return { row, source, target, changes: plannedChanges(changes), total: changes.length }
}

/** Characters of a document that are shown; its size is that of the whole. */
const maxExcerpt = 65_536

function excerpt(text: string): { text: string; sizeBytes: number } {
  return { text: text.slice(0, maxExcerpt), sizeBytes: utf8Length(text) }
}
