import type { ExportForm } from '../../../shared/contract/exports.ts'

export type ExportFormText = {
  readonly as: ExportForm
  readonly label: string
  /** What it is good for. */
  readonly note: string
}

/** In the order in which they are offered. */
export const exportForms: readonly ExportFormText[] = [
  { as: 'json', label: 'JSON', note: 'State, journal and logs as one document' },
  { as: 'jsonl', label: 'JSONL', note: 'The journal, a record a line' },
  {
    as: 'otlp',
    label: 'OpenTelemetry trace',
    note: 'OTLP JSON, for Jaeger and other trace viewers',
  },
  { as: 'patch', label: 'RFC 6902 patch', note: 'What changed from a checkpoint on' },
]

/** Why a form is not to be had; null: it is. */
export function whyNotForm(
  { as }: ExportFormText,
  subject: { readonly runs: readonly string[]; readonly checkpoints: readonly unknown[] },
): string | null {
  if (as !== 'patch') return null
  if (subject.runs.length !== 1) return 'of one run at a time'
  return subject.checkpoints.length === 0 ? 'there is no checkpoint' : null
}
