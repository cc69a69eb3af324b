import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { findRun } from './references.ts'

/** The native runs that are meant, each once, in the order in which they were named. */
export async function findRunIds(
  where: Parameters<typeof findRun>[0],
  texts: readonly string[],
): Promise<RunId[]> {
  const runs = new Set<RunId>()
  for (const text of texts) {
    const { ref } = await findRun(where, text)
    const id = RunId.safeParse(ref.format === 'unstuck' ? ref.document : null)
    if (!id.success) {
      const message = `${ref.document} is not a run of Unstuck's own format, so it is left where it is.`
      throw new AppError('invalid-input', message, { document: ref.document })
    }
    runs.add(id.data)
  }
  return [...runs]
}
