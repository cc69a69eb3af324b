import type { CallOutput } from '../../shared/contract/contract.ts'
import type { Backup } from '../store/documentStore.ts'
import type { RunWriter } from '../store/store.ts'
import type { ServiceContext } from './context.ts'

/** [R81] One file for whoever asks later what was damaged: the files as they were, what was found and planned, where and by what. */
export async function keepEvidence(
  context: ServiceContext,
  writer: RunWriter,
  { backup, plan }: { readonly backup: Backup; readonly plan: CallOutput<'repair.plan'> },
): Promise<string> {
  const { store } = context
  const { files: known } = await store.read(writer.run)
  const report = evidenceReport(context, {
    run: writer.run,
    /** With logs, of which only the names are here. */
    files: known.map(({ path, kind, sizeBytes }) => ({ path, kind, sizeBytes })),
    findings: plan.plan.findings,
    plan: plan.plan,
  })
  const temporaries = plan.plan.sources.flatMap(({ id, kind }) =>
    kind === 'temporary' ? [id.slice('temporary:'.length)] : [],
  )
  const copies = await Promise.all([
    ...backup.files.map((path) => store.readBackup(writer.run, backup.id, path)),
    ...temporaries.map((path) => store.readDocument(path)),
  ])
  return writer.keepEvidence(backup.id, [
    report,
    ...copies.map(({ document, bytes }) => ({ path: document, bytes })),
  ])
}

/** What was damaged, and who was told what of it, where and by what, as the first file of the evidence. */
export function evidenceReport(
  { application, hostName, user, now }: ServiceContext,
  told: { readonly [key: string]: unknown },
): { readonly path: string; readonly bytes: Uint8Array } {
  const { run, document, ...rest } = told
  const report = {
    ...(run === undefined ? { document } : { run }),
    at: now(),
    by: user,
    unstuck: application.version,
    machine: { hostName, platform: process.platform, arch: process.arch, node: process.version },
    ...rest,
  }
  const text = `${JSON.stringify(report, null, 2)}\n`
  return { path: 'report.json', bytes: new TextEncoder().encode(text) }
}
