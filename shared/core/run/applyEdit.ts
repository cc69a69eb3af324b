import { keepUnread } from '../../schema/keepUnread.ts'
import { reservedStep } from '../../schema/reservedStep.ts'
import { Run, runAsJson } from '../../schema/run.ts'
import { tryPatch, type PatchOperation } from './applyPatch.ts'

/** The run as a person's patch changes it; its id stays. Null when the patch does not fit, or what it makes is no run. */
export function applyEdit(run: Run, patch: readonly PatchOperation[]): Run | null {
  const patched = tryPatch(runAsJson(run), patch)
  if (patched.kind === 'failed') return null
  const parsed = Run.safeParse(patched.value)
  if (!parsed.success) return null
  const edited = keepUnread(patched.value, parsed.data)
  return reservedStep(edited) === null ? { ...edited, id: run.id } : null
}
