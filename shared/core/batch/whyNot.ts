// The batch room promises one sentence for each run that an action on many leaves out.
import type { BatchAction } from '../../schema/batchAction.ts'
import type { FormatId } from '../../schema/format.ts'
import { exemptions, type ExemptionFacts } from '../cleanup/exemptions.ts'
import type { Liveness } from '../diagnose/diagnosis.ts'

/** What is known of a row before its file is read again. */
export type BatchFacts = {
  readonly format: FormatId
  readonly status: string | null
  readonly health: string
  readonly liveness: Liveness
  readonly archived: boolean
  readonly pinned: boolean
  /** A process holds it, or left its lock when it ended. */
  readonly locked: boolean
}

/** Null: it can be done as far as the list knows. Whoever does it looks at the file again. */
export function whyNot(action: BatchAction, facts: BatchFacts): string | null {
  if (action === 'migrate') return isOld(facts) ? null : 'It is no document of an older version.'
  if (facts.format !== 'unstuck') return 'It is no run of Unstuck’s own format.'
  return rules[action](facts)
}

const rules = {
  archive: ({ archived, health, status, liveness }) => {
    if (archived) return 'It is in the archive already.'
    if (health !== 'ok') return 'It is damaged. Repair it first.'
    if (status === null || !goesOn.includes(status)) return null
    return liveness === 'interrupted'
      ? 'It was interrupted. Resume it or cancel it first.'
      : `It is ${status}. Cancel it, or wait until it has ended.`
  },
  unarchive: ({ archived }) => (archived ? null : 'It is not in the archive.'),
  repair: ({ archived, health }) => {
    if (archived) return 'It is in the archive. Bring it back first.'
    return repairable.has(health) ? null : 'Nothing of it is damaged, as far as the list knows.'
  },
  trash: (facts) => exemptions.find(({ holds }) => holds(exemptionFacts(facts)))?.reason ?? null,
} satisfies Record<Exclude<BatchAction, 'migrate'>, (facts: BatchFacts) => string | null>

const goesOn: readonly string[] = ['pending', 'running', 'waiting']

const repairable: ReadonlySet<string> = new Set(['damaged', 'unreadable', 'empty'])

/** Whether a fork of it still goes on is known only when all rows are looked at. */
function exemptionFacts({ status, health, ...facts }: BatchFacts): ExemptionFacts {
  return { ...facts, status: status ?? '', healthy: health === 'ok', hasLiveFork: false }
}

function isOld({ format }: BatchFacts): boolean {
  return format === 'unstuck-v1' || format === 'unstuck-v2'
}
