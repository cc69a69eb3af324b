import type { FileSet, FormatContext, FormatResume } from '../format.ts'
import { member, nodeAt, numberOf, stringOf, type TextObject } from '../text/parseText.ts'
import { openMarsys } from './marsysDocument.ts'
import { legacyBranches } from './legacyBranches.ts'
import { readMarsys } from './readMarsys.ts'
import { retentionDanger } from './retention.ts'
import { waitedFor } from './snapshotView.ts'
import { textIn } from '../textIn.ts'

/** [F134] What MARSYS's own way of going on does: no version of it has a command. */
export function resumeMarsys(
  set: FileSet,
  { from }: { readonly from: string | null },
  context: FormatContext,
): FormatResume {
  const opened = openMarsys(textIn(set, set.document))
  const fromProblem =
    from === null ? [] : [`MARSYS cannot go on from a chosen branch: ${from} is not taken.`]
  if (opened.kind === 'broken') {
    const problem = 'The document is broken: MARSYS says that the session is not found.'
    return { command: null, steps: [], warnings: [], problems: [problem, ...fromProblem] }
  }
  if (opened.kind !== 'snapshot') return legacyResume(opened.root, fromProblem)
  const danger = retentionDanger(set, context)
  const errors = readMarsys(set, context).findings.filter(({ severity }) => severity !== 'info')
  return {
    command: null,
    steps: snapshotSteps(opened.root),
    warnings: [
      ...(danger === null ? [] : [danger.sentence]),
      ...snapshotWarnings(opened.root),
      ...errors.map(({ sentence }) => sentence),
    ],
    noCommand:
      'MARSYS has no command for it: only the program that has the topology can resume the session.',
    problems: fromProblem,
  }
}

function legacyResume(root: TextObject, fromProblem: readonly string[]): FormatResume {
  return {
    command: null,
    steps: legacyBranches(root).map(({ key, status }) =>
      status === 'completed'
        ? { step: key, does: 'reuse' as const, reason: 'It is completed.' }
        : {
            step: key,
            does: 'unknown' as const,
            reason: `It is ${status ?? 'without a status'}; the resume runs nothing.`,
          },
    ),
    warnings: [
      'MARSYS does not clear the flag "paused" in the file.',
      'Going back to a checkpoint crashes in MARSYS and leaves a pre_rollback_backup behind.',
      'The memory of the agents and the conversation patterns are lost when MARSYS loads the session.',
    ],
    problems: [
      'MARSYS cannot resume it: the resume of this version is a placeholder that returns "implementation pending".',
      'MARSYS 0.3 does not read this format. Import the session to go on with it.',
      ...fromProblem,
    ],
  }
}

function snapshotSteps(root: TextObject): FormatResume['steps'] {
  const branches = member(root, 'branches')
  if (branches?.kind !== 'object') return []
  return branches.members.map(({ key, value }) => {
    const status = stringOf(member(value, 'status'))
    const done = numberOf(member(value, 'step_count')) ?? 0
    const open = waitedFor(root, value)
    switch (status) {
      case 'TERMINATED':
        return { step: key, does: 'reuse' as const, reason: 'It has arrived at its barrier.' }
      case 'FAILED':
      case 'ABANDONED':
        return { step: key, does: 'skip' as const, reason: `It is ${status}.` }
      case 'WAITING':
        return {
          step: key,
          does: 'run' as const,
          reason:
            open.length === 0
              ? 'All that it waits for has arrived.'
              : `Once ${open.join(', ')} arrived.`,
        }
      case 'RUNNING':
        return done === 0
          ? { step: key, does: 'run' as const, reason: 'It has not done a step yet.' }
          : {
              step: key,
              does: 'runAgain' as const,
              reason: `It goes on after ${done} ${done === 1 ? 'step' : 'steps'}; the calls of its last step may be made again.`,
            }
      default:
        return {
          step: key,
          does: 'unknown' as const,
          reason: `MARSYS does not know the status ${status ?? 'that is missing'}.`,
        }
    }
  })
}

function snapshotWarnings(root: TextObject): readonly string[] {
  const version = stringOf(member(root, 'framework_version')) ?? 'the version in the file'
  const hasRoot = nodeAt(root, ['branches', 'br_0000']) !== null
  return [
    `In a fresh process MARSYS counts its ids from br_0000 again${hasRoot ? ', overwrites the root branch br_0000' : ''} and may report success for a run that was not finished. Resume only in the process that paused it.`,
    `Only MARSYS ${version} with exactly the same topology takes it; with another topology it says that the version is wrong.`,
    'A resume that fails leaves this snapshot as it was before: resuming again repeats what was done meanwhile.',
    'A resume that succeeds deletes the snapshot: keep a copy.',
    'Calls of tools are made at least once: some may be made twice.',
  ]
}
