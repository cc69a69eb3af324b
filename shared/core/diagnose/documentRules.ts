import { definitionLabel } from '../../schema/format.ts'
import { currentVersion } from '../../schema/head.ts'
import type { Finding } from '../integrity/finding.ts'
import type { DiagnoseFacts, DiagnosisRow, DiagnosisRule } from './diagnoseFacts.ts'
import type { DiagnosisAction } from './diagnosis.ts'
import { clip, evidence, noAction } from './words.ts'

/** Reasons that lie in the document itself: they come before anything that the run in it says. */
export const documentRules: readonly DiagnosisRule[] = [
  {
    id: 'G1',
    find: ({ health, version }) => {
      if (health !== 'newer-version') return []
      const written = version === null ? 'a newer Unstuck' : `a newer Unstuck (version ${version})`
      const sentence = `Written by ${written}; this one reads up to version ${currentVersion} and leaves it untouched.`
      const action = { kind: 'upgrade', label: 'Update Unstuck', step: null } as const
      return [row('stuck', sentence, { action, version })]
    },
  },
  { id: 'G2', find: strangeFile },
  {
    id: 'G3',
    find: ({ health, formatLabel }) => {
      if (health !== 'not-yet-readable') return []
      const sentence = `A state document of ${formatLabel}: its text is shown, it is not read as a run yet.`
      return [row('attention', sentence, { action: noAction })]
    },
  },
  {
    id: 'G4',
    find: ({ health, version, run }) => {
      if (health !== 'old-version') return []
      const written = version === null ? 'an old version' : `version ${version}`
      const sentence = `Written as ${written}: it has to be migrated before it can be resumed or repaired.`
      const action = { kind: 'migrate', label: 'Migrate', step: null } as const
      const severity = run?.status === 'completed' ? 'attention' : 'stuck'
      return [row(severity, sentence, { action, version })]
    },
  },
  { id: 'G5', find: damage },
  {
    id: 'G16',
    find: ({ health, findings }) => {
      const [worst] = bySeverity(findings)
      if (health !== 'ok' || worst === undefined || worst.severity === 'info') return []
      const action = worst.file === 'document' ? noAction : planRepair
      return [findingRow('Worth a look', worst, { severity: 'attention', action })]
    },
  },
]

function strangeFile({ health, formatLabel, findings }: DiagnoseFacts): readonly DiagnosisRow[] {
  if (health === 'part' && formatLabel === definitionLabel) {
    const sentence = 'A workflow definition: runs are started from it, and it is none itself.'
    const action = { kind: 'start', label: 'Run…', step: null } as const
    return [row('resting', sentence, { action })]
  }
  const sentence = strangeSentences(formatLabel, findings[0])[health]
  if (sentence === undefined) return []
  // Only JSON can be said what is what of.
  const isJson =
    health === 'unknown' && findings.length === 0 && formatLabel.startsWith('Unknown JSON')
  const action: DiagnosisAction = isJson
    ? { kind: 'map', label: 'Map this document…', step: null }
    : { kind: 'openRun', label: 'Look at its bytes', step: null }
  return [row('attention', sentence, { action })]
}

function strangeSentences(
  label: string,
  finding: Finding | undefined,
): Readonly<Record<string, string>> {
  return {
    unknown: label.startsWith('Large')
      ? (finding?.sentence ?? 'It is too large to be read at once.')
      : `No state document that Unstuck knows (${label}): its text is shown as it is.`,
    empty:
      'The file is empty: what was in it is not here. Look for a backup or a temporary file beside it.',
    temporary: 'Left over by a write that was cut short: it can be the only good copy. It is kept.',
    unreadable: `It cannot be read: ${finding?.sentence ?? 'the file system refuses it.'}`,
  }
}

const planRepair: DiagnosisAction = { kind: 'repair', label: 'Plan a repair', step: null }

function damage({ health, findings, liveness }: DiagnoseFacts): readonly DiagnosisRow[] {
  if (health !== 'damaged') return []
  const [worst] = bySeverity(findings)
  const severity = liveness === 'alive' ? 'attention' : 'stuck'
  if (worst === undefined)
    return [row(severity, 'Damaged: it does not read as it was written.', { action: planRepair })]
  const look: DiagnosisAction = { kind: 'openRun', label: 'Look at its bytes', step: null }
  const isText = textRules.has(worst.rule)
  const action = worst.file === 'document' && !isText ? look : planRepair
  return [findingRow('Damaged', worst, { severity, action })]
}

/** [R95, F360] What is wrong with a text, of whomever it is, has a repair; what a whole document says has none. */
const textRules: ReadonlySet<string> = new Set([
  'C4',
  'F4',
  'F8',
  'F190',
  'I26',
  'I27',
  'I28',
  'I29',
])

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  const rank = { error: 0, warning: 1, info: 2 } as const
  return findings.toSorted((one, other) => rank[one.severity] - rank[other.severity])
}

function findingRow(
  word: string,
  finding: Finding,
  { severity, action }: Pick<DiagnosisRow, 'severity' | 'action'>,
): DiagnosisRow {
  const place = finding.line === null ? null : `line ${finding.line}, column ${finding.column ?? 1}`
  return {
    severity,
    sentence: clip(`${word}: ${finding.sentence}`),
    evidence: evidence(
      ['Finding', `${finding.rule} ${finding.sentence}`],
      ['File', finding.file],
      ['Byte', finding.offset],
      ['Place', place],
      ['Path', finding.pointer],
      ['Remedy', finding.remedy],
    ),
    action,
    step: null,
  }
}

function row(
  severity: DiagnosisRow['severity'],
  sentence: string,
  more: { readonly action: DiagnosisAction; readonly version?: number | null },
): DiagnosisRow {
  const { action, version } = more
  return {
    severity,
    sentence: clip(sentence),
    evidence: evidence(['Version', version]),
    action,
    step: null,
  }
}
