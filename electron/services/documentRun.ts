import type { Health } from '../../shared/contract/runs.ts'
import { assertNever } from '../../shared/assert.ts'
import { decodeHead } from '../../shared/core/codec/decodeHead.ts'
import type { detectFormat } from '../../shared/core/formats/detectFormat.ts'
import { check } from '../../shared/core/integrity/check.ts'
import type { Finding } from '../../shared/core/integrity/finding.ts'
import { oldDocumentFindings } from '../../shared/core/migrate/oldDocumentFindings.ts'
import { upcast } from '../../shared/core/migrate/upcast.ts'
import { newerVersion } from '../../shared/core/reading/readRun.ts'
import { placeInRun } from '../../shared/core/reading/runFindings.ts'
import type { Sha256 } from '../../shared/schema/digest.ts'
import type { FormatId } from '../../shared/schema/format.ts'
import type { Entry } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import type { DocumentKind } from './documentKind.ts'

type DocumentRun = Pick<DocumentKind, 'run' | 'findings'> & {
  /** Contradictions, which keep nobody from reading it. */
  readonly more: readonly Finding[]
}

/** The run of a document that can be read as one: an old version upcast in memory, or a head that lies elsewhere. */
export function readDocumentRun(
  context: ServiceContext,
  found: Pick<Entry, 'document'> & ReturnType<typeof detectFormat> & { readonly text: string },
): DocumentRun {
  const { document, text, format, problem } = found
  const { sha256 } = context
  const findings = problem === null ? [] : [problem]
  if (format === 'unstuck' || format === 'unstuck-newer') return readCopy(text, findings, sha256)
  if (format !== 'unstuck-v1' && format !== 'unstuck-v2') return { run: null, findings, more: [] }
  const run = upcast(text, { document, at: context.now(), sha256, isTaken: () => false })
  return { run, findings, more: oldDocumentFindings({ text, format, run }, sha256) }
}

/** A head that lies where no run's head does. */
function readCopy(text: string, findings: readonly Finding[], sha256: Sha256): DocumentRun {
  const head = decodeHead(text, sha256)
  switch (head.kind) {
    case 'ok': {
      const placed = placeInRun(check(head.run), { run: head.run, head: { text }, journal: null })
      const own = [...findings, ...ofDocument(head.findings)]
      return { run: head.run, findings: own, more: ofDocument(placed) }
    }
    case 'damaged':
      return { run: null, findings: ofDocument(head.findings), more: [] }
    case 'newer':
      return { run: null, findings: ofDocument([newerVersion(text, head)]), more: [] }
    case 'other':
      return { run: null, findings, more: [] }
    default:
      return assertNever(head)
  }
}

function ofDocument(found: readonly Finding[]): readonly Finding[] {
  return found.map((finding) => ({ ...finding, file: 'document' }))
}

export function healthOf(format: FormatId): Health {
  switch (format) {
    case 'unstuck':
    case 'unstuck-document':
      return 'ok'
    case 'unstuck-v1':
    case 'unstuck-v2':
      return 'old-version'
    case 'unstuck-newer':
      return 'newer-version'
    case 'unknown':
      return 'unknown'
    default:
      return 'not-yet-readable'
  }
}
