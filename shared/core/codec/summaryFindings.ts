import type { Sha256 } from '../../schema/digest.ts'
import { SummaryContent, type HeadDocument } from '../../schema/head.ts'
import type { Finding } from '../integrity/finding.ts'
import { ruleFacts } from '../integrity/storedRules.ts'
import { headFinding } from './headFinding.ts'
import { indexOfPath } from './pointer.ts'
import { summarise } from './summarise.ts'
import { readSummary } from './summaryLine.ts'

const knownKeys = Object.keys(SummaryContent.shape)

/** What is odd about a head that can be read and trusted all the same. */
export function summaryFindings(text: string, document: HeadDocument, sha256: Sha256): Finding[] {
  const stated = readSummary(text, sha256)
  if (stated !== null && sameText(summarise(document.run), stated)) return []
  const sentence = 'The summary line does not say what the run says: the list may show old values.'
  const index = indexOfPath(text, ['summary'])
  const flaw = { ...ruleFacts('C10'), sentence, index, pointer: '/summary' }
  return [headFinding(text, flaw)]
}

/** A later version may say more; what this one says has to be the same. */
function sameText(one: SummaryContent, other: SummaryContent): boolean {
  return knownKeys.every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]))
}
