import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { MadeDocumentPlan } from './documentPlan.ts'
import { evidenceReport } from './keepEvidence.ts'

type EvidenceFiles = readonly { readonly path: string; readonly bytes: Uint8Array }[]

/** [R81] For whoever asks later what was damaged in a document: its files as they were, what was found and planned. */
export async function documentEvidence(
  context: ServiceContext,
  { shown: { plan }, state }: MadeDocumentPlan,
): Promise<EvidenceFiles> {
  const files = await Promise.all([...state.revs.keys()].map((path) => copyOf(context, path)))
  const kept = files.filter((file) => file !== null)
  const report = evidenceReport(context, {
    document: plan.document,
    files: kept.map(({ path, bytes }) => ({ path, sizeBytes: bytes.byteLength })),
    findings: plan.findings,
    plan,
  })
  return [report, ...kept]
}

/** Null: it is gone meanwhile, which the change itself finds out. */
async function copyOf(
  { store }: ServiceContext,
  path: string,
): Promise<EvidenceFiles[number] | null> {
  try {
    return { path, bytes: (await store.readDocument(path)).bytes }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}
