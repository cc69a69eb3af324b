import { readRun } from '../../shared/core/reading/readRun.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import { sha256 } from '../host/hostFacts.ts'
import { decodeUtf8 } from '../services/decodeUtf8.ts'
import type { Store } from '../store/store.ts'

/** A run that can be gone on with. Throws `not-found`, `corrupt`, `version-too-new`, or `invalid-input` for another workflow's. */
export async function readRunnerRun(store: Store, id: RunId, workflow: string): Promise<Run> {
  const stored = await store.read(id)
  const head = stored.head === null ? null : decodeUtf8(stored.head.bytes)
  const { run, health, findings } = readRun({ head, journal: stored.journal }, sha256)
  if (health === 'newer-version')
    throw new AppError(
      'version-too-new',
      `Run ${id} was written by a newer version. Use that one.`,
      {
        run: id,
      },
    )
  if (run === null || health === 'damaged') {
    const flaw = findings.find(({ severity }) => severity === 'error') ?? findings[0]
    throw new AppError(
      'corrupt',
      `Run ${id} is damaged: ${flaw?.sentence ?? 'its files do not fit.'} Repair it (unstuck repair ${id}), then resume it.`,
      { run: id, findings: findings.slice(0, 20) },
    )
  }
  if (run.kind === 'workflow' && run.workflow.name === workflow) return run
  const what = run.kind === 'workflow' ? `of the workflow ${run.workflow.name}` : `a ${run.kind}`
  throw new AppError('invalid-input', `Run ${id} is ${what}, and this is ${workflow}.`, { run: id })
}
