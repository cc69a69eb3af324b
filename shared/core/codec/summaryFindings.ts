import type { Sha256 } from '../../schema/digest.ts'
import type { HeadDocument } from '../../schema/head.ts'
import type { Finding } from '../integrity/finding.ts'
import { headFinding } from './headFinding.ts'
import { indexOfPath } from './pointer.ts'
import { readSummary, writeSummaryLine } from './summaryLine.ts'

const ownKeys = ['format', 'version', 'summary', 'run', 'checksum']

/** What is odd about a head that can be read and trusted all the same. */
export function summaryFindings(text: string, document: HeadDocument, sha256: Sha256): Finding[] {
  const base = { severity: 'warning', remedy: 'The next write of the head corrects it.' } as const
  const unknown = Object.keys(document).filter((key) => !ownKeys.includes(key))
  const findings = unknown.map((key) => {
    const sentence = `The key ${JSON.stringify(key)} beside the run is unknown; the next write drops it.`
    const index = indexOfPath(text, [key])
    return headFinding(text, { ...base, rule: 'C11', sentence, index, pointer: null, remedy: null })
  })
  const stated = readSummary(text, sha256)
  if (stated !== null && writeSummaryLine(document.run, sha256) === JSON.stringify(stated)) {
    return findings
  }
  const sentence = 'The summary line does not say what the run says: the list may show old values.'
  const index = indexOfPath(text, ['summary'])
  const flaw = { ...base, rule: 'C10', sentence, index, pointer: '/summary' }
  return [...findings, headFinding(text, flaw)]
}
