import type { Timestamp } from '../../schema/json.ts'
import type { LockHolder } from '../../schema/lock.ts'
import type { Run } from '../../schema/run.ts'
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

/**
 * What an error says beyond what the sentence around it says already, that the command of this step failed; and without the
 * colours of a terminal.
 */
export function causeIn(message: string): string {
  return message.replace(ownWords, '').replace(colours, '')
}

const ownWords =
  /^(?:The command of step \S+ (?:ended with exit code \d+|was ended by \w+)|Step [^\s:]+): /
// oxlint-disable-next-line no-control-regex -- control sequences are what is looked for
const colours = /\u001B\[[0-9;?]*[ -/]*[@-~]/g

/** `load`, `load and mail`, `load, mail and 3 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 3 ? names.slice(0, 2) : names
  const rest = names.length - shown.length
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}

/** A length of time in one unit, as `elapsed` tells an age. */
export function lasting(ms: number): string {
  return duration(new Date(0).toISOString(), new Date(Math.round(ms)).toISOString())
}

/** A run that is to go on some day: it is neither done nor called off. */
export function isOpen(run: Run | null): run is Run {
  return run !== null && run.kind !== 'session' && !['completed', 'cancelled'].includes(run.status)
}
