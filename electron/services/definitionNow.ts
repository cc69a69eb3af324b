import { stat } from 'node:fs/promises'
import type { DefinitionNow } from '../../shared/core/diagnose/diagnoseFacts.ts'
import { compareRecorded } from '../../shared/core/resume/compareDefinitions.ts'
import { AppError } from '../../shared/errors.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { isDefinitionModule, loadDefinition, readDefinitionText } from './loadDefinition.ts'

/** What became of the definition that a run was made from. A module is not executed for it: only whether it is there is told. */
export async function definitionNow(
  context: ServiceContext,
  { workflow }: Run,
): Promise<DefinitionNow | null> {
  const { source, definition: recorded, digest } = workflow
  if (source === null || recorded === null) return null
  try {
    if (isDefinitionModule(source)) return (await isThere(source)) ? null : { source, kind: 'gone' }
    const { text, digest: digestNow } = await readDefinitionText(context, source)
    if (digestNow === digest) return { source, kind: 'same' }
    // A screen asks every few seconds, and a long definition takes long to parse.
    if (text.length > comparedCharacters) return { source, kind: 'changed', ...notCompared }
    const now = await loadDefinition(context, source)
    const { changed, missing, added, altered } = compareRecorded(recorded, now.definition)
    return changed ? { source, kind: 'changed', missing, added, altered } : { source, kind: 'same' }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bug') throw error
    return error.code === 'not-found'
      ? { source, kind: 'gone' }
      : { source, kind: 'unusable', problem: error.message }
  }
}

const comparedCharacters = 256 * 1024
const notCompared = { missing: [], added: [], altered: [] }

async function isThere(path: string): Promise<boolean> {
  const [found] = await Promise.allSettled([stat(path)])
  return found.status === 'fulfilled'
}
