import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { ExportKind, ExportSubject } from '../../state/exportStore.ts'
import { countOf } from '../../ui/countOf.ts'

export type ExportFormText = {
  readonly as: ExportKind
  readonly label: string
  /** What it is good for. */
  readonly note: string
}

/** In the order in which they are offered. */
export const exportForms: readonly ExportFormText[] = [
  { as: 'bundle', label: 'Bundle', note: 'All of it in one file, to be opened and imported' },
  { as: 'json', label: 'JSON', note: 'State, journal and logs as one document' },
  { as: 'jsonl', label: 'JSONL', note: 'The journal, a record a line' },
  {
    as: 'otlp',
    label: 'OpenTelemetry trace',
    note: 'OTLP JSON, for Jaeger and other trace viewers',
  },
  { as: 'patch', label: 'RFC 6902 patch', note: 'What changed from a checkpoint on' },
]

/** What a form is good for, and what of the choice it has no room for. */
export function noteOfForm({ as, note }: ExportFormText, { documents = [] }: Subject): string {
  if (as === 'bundle' || as === 'json' || documents.length === 0) return note
  return `Without the ${countOf(documents.length, 'document')} of other engines`
}

type Subject = Pick<ExportSubject, 'runs' | 'documents' | 'checkpoints'>

/** Why a form is not to be had; null: it is. */
export function whyNotForm(
  { as }: Pick<ExportFormText, 'as'>,
  subject: Subject,
  workspace: Pick<Workspace, 'bundle'> | null,
): string | null {
  if (as === 'bundle')
    return (workspace?.bundle ?? null) === null ? null : 'this is one already: pass its file on'
  if (as !== 'json' && subject.runs.length === 0) return 'import it as a run first'
  if (as !== 'patch') return null
  if (subject.runs.length !== 1) return 'of one run at a time'
  return subject.checkpoints.length === 0 ? 'there is no checkpoint' : null
}
