import { decodeHead } from '../codec/decodeHead.ts'
import type { Finding } from '../integrity/finding.ts'
import type { RepairInput } from './repairInput.ts'
import { salvage } from './salvage/salvage.ts'
import type { SalvageItem } from './salvage/salvageResult.ts'

const mostItems = 50

/** [R79] What stands in a head that is no JSON, each with its place: beside the finding that says so. */
export function salvageFindings(input: RepairInput): readonly Finding[] {
  return salvageBroken(input).map(({ rule, sentence, offset, line, column, pointer }) => ({
    rule,
    severity: 'info',
    sentence,
    file: 'head',
    offset,
    line,
    column,
    pointer,
    remedy: null,
  }))
}

/** What is wrong with a head that is no JSON; nothing of one that is. */
export function salvageBroken({ head, sha256 }: RepairInput): readonly SalvageItem[] {
  if (head === null || !('text' in head)) return []
  const decoded = decodeHead(head.text, sha256)
  if (decoded.kind !== 'damaged' || decoded.unverified !== null) return []
  return salvage(head.text).items.slice(0, mostItems)
}
