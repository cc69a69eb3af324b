import { assertNever } from '../../shared/assert.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { RecordOf } from '../../shared/schema/journal.ts'
import type { Settings } from '../../shared/schema/settings.ts'
import { checkpointRecord } from './checkpointRecord.ts'
import type { Ledger } from './ledger.ts'

/** Whether the policy asks for a checkpoint after a step that has just succeeded. */
export function isCheckpointDue(
  policy: Settings['checkpoint'],
  since: { readonly steps: number; readonly ms: number },
): boolean {
  switch (policy.frequency) {
    case 'every_step':
      return true
    case 'every_n_steps':
      return since.steps >= policy.interval
    case 'time_based':
      return since.ms >= policy.interval * 1000
    case 'on_gates':
    case 'manual':
      return false
    default:
      return assertNever(policy.frequency)
  }
}

/**
 * The checkpoint that is written in one append behind the record of a gate: before its decision where gates are what
 * checkpoints are made on, after it there and where every step has one.
 */
export function gateCheckpoint(
  policy: Settings['checkpoint'],
  ledger: Pick<Ledger, 'facts' | 'counts' | 'lastCheckpoint'>,
  { step, isDecided }: { readonly step: StepId; readonly isDecided: boolean },
): readonly RecordOf<'checkpoint'>[] {
  const isAsked =
    policy.frequency === 'on_gates' || (isDecided && policy.frequency === 'every_step')
  if (!isAsked) return []
  const done = isDecided ? 1 : 0
  const made = checkpointRecord(ledger, { trigger: 'gate', step, ahead: 1, done })
  return [isDecided ? made : { ...made, name: `before ${step}` }]
}
