import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import { encodeHead } from '../../../../shared/core/codec/encodeHead.ts'
import type { FileSet, FormatImport } from '../../../../shared/core/formats/format.ts'
import { replay } from '../../../../shared/core/run/replay.ts'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { now, sha256, type Workbench } from '../executor/workbench.ts'

export const formatContext = { sha256, now: now() }

export function oneFile(document: string, text: string): FileSet {
  const files = [{ path: document, sizeBytes: text.length, modifiedAt: '2026-11-21T09:00:00.000Z' }]
  return { document, item: null, files, texts: new Map([[document, text]]) }
}

/** Writes a run that was made of a foreign state into the workspace, as an import does. */
export async function writeImported(bench: Workbench, made: FormatImport): Promise<Run> {
  if (made.kind === 'refused') throw new Error(made.problems.join(' '))
  const run = { ...made.run, place: { ...made.run.place, folder: bench.root } }
  const opening = { purpose: 'run', controlSocket: null, createdAt: now() } as const
  const writer = await bench.store.create(run.id, opening)
  const records = await writer.append([{ type: 'runCreated', run }], { durable: true })
  const written = replay(records.map((record) => ({ kind: 'known', record })))
  if (written === null) throw new Error('The run has no state.')
  await writer.replaceHead(encodeHead(written, sha256))
  await writer.release()
  return bench.read(run.id)
}

/** Resumes it with its own definition, and waits for its rest. */
export async function resumeImported(
  bench: Workbench,
  run: Run,
  decisions: HandlerInput<'resume.plan'>['decisions'] = {},
): Promise<Run> {
  const input: HandlerInput<'resume.plan'> = {
    ref: { workspace: 'bench', format: 'unstuck', document: run.id, item: null },
    from: null,
    fork: false,
    inputs: null,
    decisions,
    definition: 'recorded',
    stopAfter: null,
    asOf: null,
  }
  const { digest, rev, asOf } = await planResumeOf(bench.context, input)
  await startResume(bench.context, { ...input, digest, rev, asOf })
  await bench.executor.find(run.id)?.done
  return bench.read(run.id)
}

export function statusesOf({ steps }: Run): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(steps).map(([name, { status }]) => [name, status]))
}
