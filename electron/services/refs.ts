import type { Ref } from '../../shared/contract/call.ts'
import { AppError } from '../../shared/errors.ts'
import type { FormatId } from '../../shared/schema/format.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'

export function nativeRef(context: ServiceContext, run: RunId): Ref {
  return { workspace: context.workspace.id, format: 'unstuck', document: run, item: null }
}

/** The run id of a native reference. Throws for any other, and says what would have to be done first. */
export function runIdOf(context: ServiceContext, ref: Ref): RunId {
  requireWorkspace(context, ref)
  if (ref.format === 'unstuck') return parseRunId(ref.document)
  const { document, format } = ref
  const code = format === 'unstuck-newer' ? 'version-too-new' : 'invalid-input'
  throw new AppError(code, `${document} ${whyNoRun(format)}`, { document, format })
}

function whyNoRun(format: FormatId): string {
  switch (format) {
    case 'unstuck-newer':
      return 'was written by a newer version of Unstuck. It is left as it is; open it with that version.'
    case 'unstuck-v1':
    case 'unstuck-v2':
      return 'is of an older version. Migrate it first.'
    case 'unstuck-document':
      return 'is a copy of a run that does not lie where a run lies (runs/<day>/<run>.json). Move it there first.'
    default:
      return "is not a run of Unstuck's own format, so this cannot be done with it."
  }
}

export function parseRunId(text: string): RunId {
  const parsed = RunId.safeParse(text)
  if (parsed.success) return parsed.data
  throw new AppError(
    'invalid-input',
    `"${text.slice(0, 140)}" is not a run id: ${parsed.error.issues[0]?.message ?? 'not valid'}.`,
  )
}

export function requireWorkspace(context: ServiceContext, ref: Ref): void {
  if (ref.workspace === context.workspace.id) return
  throw new AppError(
    'stale',
    'This host has another workspace open by now. Load the list of runs again.',
    { asked: ref.workspace, open: context.workspace.id },
  )
}
