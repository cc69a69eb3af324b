import type { FileSet, FormatContext } from '../format.ts'

/** MARSYS deletes snapshots that nobody wrote for so many days whenever it opens its storage, paused or not. */
const keptDays = 30
const warnedDays = 20

/** [F288] What its next start would do to a snapshot that is the only copy of a paused run; null while there is time. */
export function retentionDanger(
  { document, files }: FileSet,
  { now }: FormatContext,
): { readonly isDue: boolean; readonly sentence: string } | null {
  const own = files.find(({ path }) => path === document)
  if (own === undefined) return null
  const days = Math.floor((Date.parse(now) - Date.parse(own.modifiedAt)) / 86_400_000)
  if (!(days >= warnedDays)) return null
  const isDue = days >= keptDays
  const when = isDue
    ? 'its next start deletes it, before it could go on'
    : `${keptDays - days} days from now any start deletes it`
  return {
    isDue,
    sentence: `Nobody wrote it for ${days} days, and MARSYS keeps ${keptDays}: ${when}. Copy it first.`,
  }
}
