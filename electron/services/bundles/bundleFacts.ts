import type { BundleFacts } from '../../../shared/contract/bundles.ts'
import type { BundleReading } from '../../bundle/readBundle.ts'

/** What a bundle says of itself, and what is not whole in it. */
export function bundleFacts({ manifest, damage, sealed }: BundleReading): BundleFacts {
  const { madeBy, madeAt, source, redacted, redaction, runs, documents = [] } = manifest
  return {
    madeBy: { application: madeBy.application, version: madeBy.version },
    madeAt,
    source: { workspace: source.workspace, folder: source.folder, host: source.host },
    redacted,
    sealed,
    runs: runs.length,
    ...(documents.length === 0 ? {} : { documents: documents.length }),
    redaction: { ...redaction, rows: redaction.rows.slice(0, 100) },
    damage: damage.slice(0, 200).map(({ file, problem }) => ({ file, problem })),
    damaged: damage.length,
  }
}
