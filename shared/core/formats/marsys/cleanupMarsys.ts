import { compare } from '../../../schema/compare.ts'
import type { CleanupRules, FileFacts, FormatCleanup, FormatContext } from '../format.ts'
import { checkpointName, openMarsys } from './marsysDocument.ts'
import { folderOf, isCheckpointFile, isSnapshotFile, nameOf } from './marsysPaths.ts'
import { problemOf } from './marsysPoints.ts'
import { textIn } from '../textIn.ts'

const hourMs = 3_600_000

export const marsysCleanupRules: CleanupRules = {
  rules: [
    'Of the checkpoints of a session the newest 10 stay; the number can be chosen here.',
    'Checkpoints that it made by itself go after 24 hours, all others after 72; the days can be chosen here.',
    'Rests of writes that were cut go after a day, where the file they were to replace is whole.',
  ],
  dangers: [
    'MARSYS deletes paused runs that are older than 30 days with its next start, though each is the only copy: they stay here.',
    'MARSYS counts the checkpoints of another session whose name begins alike, and deletes the last good copy of a broken session: here a session keeps its own newest good one.',
  ],
}

type Checkpoint = {
  readonly file: FileFacts
  readonly session: string | null
  readonly isAutomatic: boolean
  readonly isGood: boolean
}

/**
 * MARSYS's own rules: of checkpoints the newest 10 a session, 24 hours those that it made by itself, 72 hours all; of snapshots 30
 * days. What is the only copy of a session stays, whatever the rules say. [F133]
 */
export function cleanupMarsys(
  files: readonly FileFacts[],
  texts: ReadonlyMap<string, string>,
  options: { readonly olderThanDays: number | null; readonly keepLatest: number | null },
  context: FormatContext,
): FormatCleanup {
  const checkpoints = files
    .filter(({ path }) => isCheckpointFile(path))
    .map((file) => checkpointOf(file, texts, context))
    .toSorted((a, b) => compare(b.file.modifiedAt, a.file.modifiedAt))
  return files.map(({ path, modifiedAt }) => {
    const days = (Date.parse(context.now) - Date.parse(modifiedAt)) / (24 * hourMs)
    const found = checkpoints.find(({ file }) => file.path === path)
    if (found !== undefined) return checkpointRow(found, { checkpoints, texts, options, context })
    if (path.endsWith('.tmp')) return temporaryRow(path, texts, days >= 1)
    if (!isSnapshotFile(path)) {
      return { path, goes: false, reason: 'MARSYS never cleans up sessions.' }
    }
    const limit = options.olderThanDays ?? 30
    const reason =
      days > limit
        ? `MARSYS would delete it with its next start, because it is older than ${limit} days; it is the only copy of a paused run.`
        : 'It is the only copy of a paused run.'
    return { path, goes: false, reason }
  })
}

function checkpointOf(
  file: FileFacts,
  texts: ReadonlyMap<string, string>,
  context: FormatContext,
): Checkpoint {
  const opened = openMarsys(textIn({ texts }, file.path))
  const name = opened.kind === 'broken' ? null : checkpointName(opened.root)
  return {
    file,
    session: opened.session,
    isAutomatic: name?.startsWith('auto') ?? false,
    isGood: problemOf(opened, context) === null,
  }
}

type Around = {
  readonly checkpoints: readonly Checkpoint[]
  readonly texts: ReadonlyMap<string, string>
  readonly options: { readonly olderThanDays: number | null; readonly keepLatest: number | null }
  readonly context: FormatContext
}

function checkpointRow(
  checkpoint: Checkpoint,
  { checkpoints, texts, options, context }: Around,
): FormatCleanup[number] {
  const { file, session, isAutomatic, isGood } = checkpoint
  const { path } = file
  const hours = (Date.parse(context.now) - Date.parse(file.modifiedAt)) / hourMs
  const keep = options.keepLatest ?? 10
  const allHours = options.olderThanDays === null ? 72 : options.olderThanDays * 24
  // Only what says that it is of this session counts: MARSYS also counts those of a session whose name begins like it.
  const siblings = checkpoints.filter((one) => session !== null && one.session === session)
  const rank = siblings.findIndex((one) => one.file.path === path)
  const rule =
    rank >= keep
      ? `it is not among the newest ${keep} of its session`
      : hours > allHours
        ? `it is older than ${Math.round(allHours)} hours`
        : isAutomatic && hours > 24
          ? 'MARSYS made it by itself more than 24 hours ago'
          : null
  if (session === null) {
    return { path, goes: false, reason: 'It does not say which session it is of.' }
  }
  if (rule === null) return { path, goes: false, reason: 'No rule of MARSYS takes it.' }
  const isNewestGood = siblings.find((one) => one.isGood)?.file.path === path
  const isSessionWhole = [...texts].some(
    ([other, text]) =>
      nameOf(other) === `session_${session}.json` && problemOf(openMarsys(text), context) === null,
  )
  if (isGood && isNewestGood && !isSessionWhole) {
    const reason = `MARSYS would delete it: ${rule}. It is the newest good copy of its session, which is broken or gone.`
    return { path, goes: false, reason }
  }
  return { path, goes: true, reason: `By MARSYS's own rule: ${rule}.` }
}

function temporaryRow(
  path: string,
  texts: ReadonlyMap<string, string>,
  isOld: boolean,
): FormatCleanup[number] {
  const target = path.slice(0, -'.tmp'.length)
  const isWhole = openMarsys(textIn({ texts }, target)).kind !== 'broken'
  const isBroken = openMarsys(textIn({ texts }, path)).kind === 'broken'
  if (!isWhole)
    return {
      path,
      goes: false,
      reason: `${nameOf(target)} in ${folderOf(path)} is broken or gone: it may be mended from this.`,
    }
  if (!isBroken)
    return {
      path,
      goes: false,
      reason: 'It is whole, and may be newer than what it was to replace.',
    }
  if (!isOld)
    return { path, goes: false, reason: 'It is younger than a day: a program may be writing it.' }
  return { path, goes: true, reason: 'It is a broken rest of a write that did not end.' }
}
