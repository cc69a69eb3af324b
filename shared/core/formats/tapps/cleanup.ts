import { compare } from '../../../schema/compare.ts'
import type { Timestamp } from '../../../schema/json.ts'
import type { CleanupRules, FileFacts, FormatCleanup, FormatContext } from '../format.ts'
import { knownDocument } from './documentKind.ts'
import { baseOf, folderOf, homeOf, isCopy, isTemporary, join, snapshotName } from './names.ts'
import { parseState } from './parseState.ts'
import { textOf } from './stateFields.ts'
import { stampTime } from './times.ts'
import { textIn } from '../textIn.ts'

type Limits = { readonly olderThanDays: number | null; readonly keepLatest: number | null }

/** What `workflow state cleanup` takes when nothing is said. */
const defaults = { olderThanDays: 30, keepLatest: 10 }

export const tappsCleanupRules: CleanupRules = {
  rules: [
    'Snapshots older than 30 days go, with their copies in the history; the days can be chosen here.',
    'Of each workflow the newest 10 snapshots stay; the number can be chosen here.',
    'The newest snapshot of a workflow, and any that a description or last.json names, stay.',
  ],
  dangers: [
    'Its own `workflow state cleanup` deletes the newest snapshot of a workflow and leaves the older ones, with a description that points to nothing: the next load fails.',
    'Its clean-up by configuration deletes descriptions and last.json with the snapshots, and never looks into the history.',
  ],
}

/**
 * [F90] The rules of this engine (days, and so many a workflow) over its snapshots and their copies. Never the newest of a
 * workflow, never what a description or the pointer names, never what is the only file of its kind: its own command takes the
 * newest first.
 */
export function cleanup(
  files: readonly FileFacts[],
  texts: ReadonlyMap<string, string>,
  options: Limits,
  { now }: FormatContext,
): FormatCleanup {
  const limits = {
    olderThanDays: options.olderThanDays ?? defaults.olderThanDays,
    keepLatest: options.keepLatest ?? defaults.keepLatest,
  }
  const named = namedFiles(files, texts)
  return groupsOf(files, texts).flatMap((group) =>
    group.flatMap((stamped, index) => {
      const age = ageInDays(stamped, now)
      const reason = {
        index,
        age,
        limits,
        isNamed: stamped.files.some(({ path }) => named.has(path)),
      }
      return stamped.files.map(({ path }) => ({ path, ...decide(reason) }))
    }),
  )
}

type Stamped = { readonly stamp: string; readonly files: readonly FileFacts[] }

/** Snapshots of one workflow, the newest first, each with its copy in history. */
function groupsOf(
  files: readonly FileFacts[],
  texts: ReadonlyMap<string, string>,
): readonly (readonly Stamped[])[] {
  const groups = new Map<string, Map<string, FileFacts[]>>()
  for (const file of files) {
    const named = sureSnapshot(file.path, texts)
    if (named === null) continue
    const key = join(homeOf(file.path), named.workflow)
    const group = groups.get(key) ?? new Map<string, FileFacts[]>()
    groups.set(key, group)
    group.set(named.stamp, [...(group.get(named.stamp) ?? []), file])
  }
  return [...groups.values()].map((group) =>
    [...group]
      .toSorted(([one], [other]) => compare(other, one))
      .map(([stamp, stamped]) => ({ stamp, files: stamped })),
  )
}

/** Only what is a snapshot beyond doubt: the state of the cursor executor can have such a name, and is the only one of its run. */
function sureSnapshot(
  path: string,
  texts: ReadonlyMap<string, string>,
): { readonly workflow: string; readonly stamp: string } | null {
  const named = snapshotName(path)
  if (named === null || isTemporary(path)) return null
  const text = texts.get(path)
  if (text === undefined) return null
  const known = knownDocument(path, text)
  if (known.kind !== 'snapshot' || known.workflow !== named.workflow) return null
  return parseState(text).kind === 'ok' ? named : null
}

function namedFiles(
  files: readonly FileFacts[],
  texts: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  return new Set(
    files.flatMap(({ path }) => {
      const name = baseOf(path)
      if (isCopy(path) || !(name === 'last.json' || name.endsWith('.meta.json'))) return []
      const parsed = parseState(textIn({ texts }, path))
      const target = parsed.kind === 'ok' ? textOf(parsed.root, 'state_file') : null
      return target === null ? [] : [join(folderOf(path), baseOf(target.replaceAll('\\', '/')))]
    }),
  )
}

function ageInDays({ stamp, files }: Stamped, now: Timestamp): number {
  const saved = stampTime(stamp) ?? files[0]?.modifiedAt ?? now
  return (Date.parse(now) - Date.parse(saved)) / 86_400_000
}

function decide({
  index,
  age,
  limits,
  isNamed,
}: {
  readonly index: number
  readonly age: number
  readonly limits: { readonly olderThanDays: number; readonly keepLatest: number }
  readonly isNamed: boolean
}): { readonly goes: boolean; readonly reason: string } {
  const isOld = age > limits.olderThanDays
  const days = `${Math.floor(age)} days old`
  const danger = isOld
    ? ' `workflow state cleanup` would delete it and leave its description pointing to nothing.'
    : ''
  if (index === 0)
    return { goes: false, reason: `The newest state of its workflow stays.${danger}` }
  if (isNamed) return { goes: false, reason: `A description or last.json points to it.${danger}` }
  if (isOld)
    return {
      goes: true,
      reason: `${days}, more than ${limits.olderThanDays}. \`workflow state cleanup\` would leave it: it looks at the newest only.`,
    }
  if (index >= limits.keepLatest)
    return {
      goes: true,
      reason: `${limits.keepLatest} newer states of its workflow stay. \`workflow state cleanup\` would leave it: it counts one a workflow.`,
    }
  return { goes: false, reason: `${days}, one of the ${limits.keepLatest} newest.` }
}
