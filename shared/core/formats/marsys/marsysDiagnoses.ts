import type { Run, StepState } from '../../../schema/run.ts'
import type { Diagnosis, DiagnosisAction } from '../../diagnose/diagnosis.ts'
import { clip, elapsed, evidence, listed, noAction } from '../../diagnose/words.ts'
import type { FileSet, FormatContext, FormatPoint } from '../format.ts'
import {
  isNothing,
  member,
  nodeAt,
  numberOf,
  stringOf,
  type TextObject,
} from '../text/parseText.ts'
import { momentOfIso } from '../view/times.ts'
import { legacyBranches } from './legacyBranches.ts'
import { isPaused } from './marsysDocument.ts'
import { retentionDanger } from './retention.ts'
import { interactionOf } from './snapshotView.ts'

type Facts = {
  readonly root: TextObject
  readonly run: Run
  readonly points: readonly FormatPoint[]
  readonly context: FormatContext
}
type Steps = readonly (readonly [step: string, state: StepState])[]

/** Why a session of 0.1 or 0.2 does not move, and what MARSYS would do wrong with it. */
export function legacyDiagnoses(facts: Facts): readonly Diagnosis[] {
  const { root, run, points, context } = facts
  const steps: Steps = Object.entries(run.steps)
  const age = elapsed(run.updatedAt, context.now)
  const isOver = run.status === 'completed' || run.status === 'cancelled'
  return [
    ...failedBranches(steps),
    ...(isPaused(root) ? [pausedFor(age), ...notCleared(root)] : []),
    ...(run.status === 'running' || run.status === 'waiting' ? [saidRunning(root, run, age)] : []),
    ...waitingParents(root, steps),
    ...(isOver ? [] : [noResume()]),
    ...(points.some(({ kind }) => kind === 'backup') ? [rolledBack(points)] : []),
    ...lostOnLoad(root, isOver),
    ...(isOver ? [ended(run, age, root)] : []),
    noMigration(),
  ]
}

/** [F123] */
function failedBranches(steps: Steps): readonly Diagnosis[] {
  return steps
    .filter(([, { status }]) => status === 'failed')
    .map(([step, state]) => {
      const message = state.attempts.at(-1)?.error?.message ?? null
      return diagnosis('F123', {
        severity: 'stuck',
        sentence: clip(message === null ? `${step} failed.` : `${step} failed: ${message}`),
        evidence: evidence(['Agent', text(state['agent'])], ['Error', message]),
        step,
        action: { kind: 'openStep', label: 'Look at the branch', step },
      })
    })
}

function pausedFor(age: string): Diagnosis {
  return diagnosis('F121', {
    severity: 'stuck',
    sentence: `Paused ${age} ago by a person or a program.`,
  })
}

/** [F122] */
function notCleared(root: TextObject): readonly Diagnosis[] {
  const metadata = member(root, 'metadata')
  const paused = momentOfIso(member(metadata, 'pause_time'))
  const resumed = momentOfIso(member(metadata, 'resume_time'))
  if (resumed === null || (paused !== null && resumed < paused)) return []
  return [
    diagnosis('F122', {
      severity: 'attention',
      sentence: 'It was resumed after the pause, but MARSYS leaves the flag "paused" in the file.',
      evidence: evidence(['Paused', paused], ['Resumed', resumed]),
      action: { kind: 'repair', label: 'Take the flag out', step: null },
    }),
  ]
}

/** [F121] MARSYS keeps no process, no host and no heartbeat: nothing proves that anything runs. */
function saidRunning(root: TextObject, run: Run, age: string): Diagnosis {
  return diagnosis('F121', {
    severity: 'attention',
    sentence: `Said to be running; last change ${age} ago. MARSYS never writes another word.`,
    evidence: evidence(
      ['Status in the file', stringOf(nodeAt(root, ['metadata', 'status']))],
      ['Last change', run.updatedAt],
    ),
  })
}

/** [F124] */
function waitingParents(root: TextObject, steps: Steps): readonly Diagnosis[] {
  const branches = legacyBranches(root)
  return branches.flatMap(({ key, status }) => {
    if (status !== 'waiting') return []
    const children = branches.filter(({ parent }) => parent === key)
    if (children.length === 0) return []
    const open = children.filter((child) => child.status !== 'completed')
    const step = steps.find(([id]) => id === key)?.[0] ?? null
    const names = open.map((child) => child.key)
    return [
      diagnosis('F124', {
        severity: 'attention',
        sentence:
          open.length === 0
            ? `${key} waits for its branches, which have all ended.`
            : clip(`${key} waits for ${listed(names)}.`),
        evidence: open.map((child) => ({ label: child.key, value: child.status ?? 'no status' })),
        step,
      }),
    ]
  })
}

/** [F134] */
function noResume(): Diagnosis {
  return diagnosis('F134', {
    severity: 'stuck',
    sentence:
      'MARSYS cannot resume it: its resume of this version is a placeholder that runs nothing.',
    action: { kind: 'resume', label: 'Import it to go on with it', step: null },
  })
}

/** [F138] */
function rolledBack(points: readonly FormatPoint[]): Diagnosis {
  const backups = points.filter(({ kind }) => kind === 'backup')
  return diagnosis('F138', {
    severity: 'attention',
    sentence:
      'Somebody tried to roll it back: MARSYS makes a backup first, and then crashes before it changes anything.',
    evidence: evidence(['Backup', backups[0]?.label], ['Made', backups[0]?.at]),
  })
}

/** [F129] */
function lostOnLoad(root: TextObject, isOver: boolean): readonly Diagnosis[] {
  if (isOver) return []
  const patterns = legacyBranches(root).filter(
    ({ node }) => !isNothing(nodeAt(node, ['topology', 'conversation_pattern'])),
  )
  if (patterns.length === 0) return []
  const names = listed(patterns.map(({ key }) => key))
  return [
    diagnosis('F129', {
      severity: 'attention',
      sentence: clip(
        `MARSYS drops the conversation pattern of ${names} when it loads the session.`,
      ),
    }),
  ]
}

function ended(run: Run, age: string, root: TextObject): Diagnosis {
  const word = stringOf(nodeAt(root, ['metadata', 'status']))
  return diagnosis('F121', {
    severity: 'resting',
    sentence: `All its branches are ${run.status}; last change ${age} ago.`,
    evidence: evidence(['Status in the file, which MARSYS never changes', word]),
  })
}

/** [F136] */
function noMigration(): Diagnosis {
  return diagnosis('F136', {
    severity: 'attention',
    sentence: 'The MARSYS of today (0.3) does not read this format and has no migration from it.',
  })
}

/** Why a paused run of 0.3 does not go on, and what its resume would do wrong. */
export function snapshotDiagnoses(facts: Facts & { readonly set: FileSet }): readonly Diagnosis[] {
  const { root, run, context, set } = facts
  const danger = retentionDanger(set, context)
  const version = stringOf(member(root, 'framework_version')) ?? 'its version'
  const steps: Steps = Object.entries(run.steps)
  const reused = Object.keys(run.steps).find((key) => key === 'br_0000')
  const error = run.error?.message ?? null
  return [
    ...(error === null
      ? []
      : [
          diagnosis('F123', {
            severity: 'stuck',
            sentence: clip(`The workflow failed: ${error}`),
          }),
        ]),
    ...asked(root, steps),
    diagnosis('F121', {
      severity: 'stuck',
      sentence: `Paused ${elapsed(run.updatedAt, context.now)} ago; it goes on when the program that paused it resumes it.`,
      evidence: evidence(
        ['Paused', run.updatedAt],
        ['Steps at most', numberOf(member(root, 'max_steps'))],
      ),
    }),
    ...failedBranches(steps),
    ...(danger === null
      ? []
      : [diagnosis('F288', { severity: 'attention', sentence: danger.sentence })]),
    diagnosis('F125', {
      severity: 'attention',
      sentence: `A resume in a fresh process begins its ids at br_0000 again${reused === undefined ? '' : ' and overwrites the root branch'}.`,
      evidence: evidence(['Branches', Object.keys(run.steps).length]),
    }),
    diagnosis('F126', {
      severity: 'attention',
      sentence: clip(
        `Only MARSYS ${version} with the same topology opens it; another topology is reported as another version.`,
      ),
      evidence: evidence(['Topology digest', stringOf(member(root, 'topology_digest'))]),
    }),
  ]
}

/** [F128] */
function asked(root: TextObject, steps: Steps): readonly Diagnosis[] {
  return steps.flatMap(([step]) => {
    const question = interactionOf(root, step)
    if (question === null) return []
    const prompt = stringOf(member(question, 'prompt'))
    return [
      diagnosis('F128', {
        severity: 'stuck',
        sentence: clip(
          `${step} waits for an answer of a person${prompt === null ? '.' : `: ${prompt}`}`,
        ),
        evidence: evidence(['Goes on as', stringOf(member(question, 'resume_agent'))]),
        step,
      }),
    ]
  })
}

type Told = Pick<Diagnosis, 'severity' | 'sentence'> &
  Partial<Pick<Diagnosis, 'evidence' | 'step'>> & { readonly action?: DiagnosisAction }

function diagnosis(rule: string, { severity, sentence, ...rest }: Told): Diagnosis {
  return { rule, severity, sentence, evidence: [], action: noAction, step: null, ...rest }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
