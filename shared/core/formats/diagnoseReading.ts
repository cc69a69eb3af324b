import { assertNever } from '../../assert.ts'
import type { FormatReading } from './format.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { clip, elapsed, evidence, noAction } from '../diagnose/words.ts'
import { inFull } from '../diagnose/wholeReason.ts'
import type { Finding } from '../integrity/finding.ts'
import type { Timestamp } from '../../schema/json.ts'
import type { Run } from '../../schema/run.ts'

/** Why the run of another engine does not move: its damage, what its format knows, and at least what its status says. */
export function diagnoseReading(
  reading: FormatReading,
  { engine, now }: { readonly engine: string; readonly now: Timestamp },
): readonly Diagnosis[] {
  const worst = reading.findings.find(({ severity }) => severity === 'error')
  const damage = worst === undefined ? [] : [fitting(damaged(worst))]
  const known = [...damage, ...reading.diagnoses.map(fitting)]
  if (known.length > 0) return known
  return [reading.run === null ? nothingToRead(reading) : saidOf(reading.run, { engine, now })]
}

/** [G33] What an engine does is often more than a row holds: all of it stands with the evidence. */
function fitting(diagnosis: Diagnosis): Diagnosis {
  const sentence = clip(diagnosis.sentence)
  if (sentence === diagnosis.sentence) return diagnosis
  const whole = { label: inFull, value: diagnosis.sentence }
  return { ...diagnosis, sentence, evidence: [whole, ...diagnosis.evidence] }
}

/** [F196] */
function damaged(finding: Finding): Diagnosis {
  const place = finding.line === null ? null : `line ${finding.line}, column ${finding.column ?? 1}`
  return {
    rule: 'F196',
    severity: 'stuck',
    sentence: `Damaged: ${finding.sentence}`,
    evidence: evidence(
      ['Finding', `${finding.rule} ${finding.sentence}`],
      ['Place', place],
      ['Path', finding.pointer],
      ['Remedy', finding.remedy],
    ),
    action: { kind: 'repair', label: 'Plan a repair', step: null },
    step: null,
  }
}

function nothingToRead({ label }: FormatReading): Diagnosis {
  return row('resting', `${label}: it is no run of its own; its text is shown.`)
}

/** [F194] */
function saidOf(
  run: Run,
  { engine, now }: { readonly engine: string; readonly now: Timestamp },
): Diagnosis {
  const ago = elapsed(run.updatedAt, now)
  switch (run.status) {
    case 'running':
    case 'pending':
      return row(
        'attention',
        `Said to be ${run.status}, last change ${ago} ago. Nothing proves that ${engine} still works on it.`,
      )
    case 'waiting':
    case 'paused':
      return row('attention', `Said to be ${run.status}, last change ${ago} ago.`)
    case 'failed':
      return row('stuck', `Failed ${ago} ago${cause(run)}`)
    case 'completed':
    case 'cancelled':
      return row('resting', `${run.status === 'completed' ? 'Completed' : 'Cancelled'} ${ago} ago.`)
    default:
      return assertNever(run.status)
  }
}

function cause({ error }: Run): string {
  return error === null ? '.' : `: ${error.message}`
}

function row(severity: Diagnosis['severity'], sentence: string): Diagnosis {
  return {
    rule: 'F194',
    severity,
    sentence: clip(sentence),
    evidence: [],
    action: noAction,
    step: null,
  }
}
