import type { Timestamp } from '../../schema/json.ts'
import type { LockHolder } from '../../schema/lock.ts'
import type { Diagnosis, DiagnosisAction } from './diagnosis.ts'

/** A sentence has to fit a row of the list. */
const maxSentence = 110

/** Cuts a sentence to what fits a row, at a space where there is one. */
export function clip(sentence: string): string {
  const line = firstLine(sentence)
  if (line.length <= maxSentence) return line
  const start = line.slice(0, maxSentence - 1).replace(/[\uD800-\uDBFF]$/, '')
  const space = start.lastIndexOf(' ')
  return `${space > maxSentence / 2 ? start.slice(0, space) : start}…`
}

export function firstLine(text: string): string {
  return text.trim().split(/[\r\n]/, 1)[0] ?? ''
}

/** How long ago something was, in one unit; nothing is in the future. */
export function elapsed(from: Timestamp, to: Timestamp): string {
  const seconds = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000))
  if (!Number.isFinite(seconds)) return 'an unknown time'
  if (seconds < 90) return `${seconds} s`
  if (seconds < 90 * 60) return `${Math.floor(seconds / 60)} min`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} days`
}

/** How long something took: as `elapsed`, and in milliseconds below a second. */
export function duration(from: Timestamp, to: Timestamp): string {
  const ms = Date.parse(to) - Date.parse(from)
  return ms >= 0 && ms < 1000 ? `${ms} ms` : elapsed(from, to)
}

export function processOf(holder: LockHolder): string {
  return `process ${holder.pid} on ${holder.hostName}`
}

export function holderEvidence(holder: LockHolder | null): Diagnosis['evidence'] {
  if (holder === null) return []
  return evidence(
    ['Process', String(holder.pid)],
    ['Host', holder.hostName],
    ['Held since', holder.since],
    ['Purpose', holder.purpose],
  )
}

/** Rows of label and value; those without a value are left out. */
export function evidence(
  ...rows: readonly (readonly [label: string, value: string | number | null | undefined])[]
): Diagnosis['evidence'] {
  return rows.flatMap(([label, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value: String(value) }],
  )
}

export const noAction: DiagnosisAction = { kind: 'none', label: 'Nothing to do', step: null }

export function waitAction(label: string): DiagnosisAction {
  return { kind: 'wait', label, step: null }
}

export function resumeAction(label: string, step: string | null): DiagnosisAction {
  return { kind: 'resume', label, step }
}

/** What is said of the state that a program keeps by itself: nothing of it runs, so nothing of it is stuck. */
export function sessionSentence(age: string): string {
  return `Kept ${age} ago by the program whose session this is; it goes on by itself.`
}
