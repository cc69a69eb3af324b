import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import { patchText } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, readFolder, setOf } from '../fileSet.ts'
import type { Situation } from './situations.ts'

const old = readFolder('marsys/legacy-v0.1')
const legacy = readFolder('marsys/legacy-v0.2')
const snapshots = readFolder('marsys/v0.3-snapshots')
const bases = {
  analysis: [legacy, 'sessions/session_analysis_123.json'],
  failed: [legacy, 'sessions/session_failed_789.json'],
  parent: [old, 'sessions/session_paused_456.json'],
  snapshot: [snapshots, 'sess-paused-at-coordinator/snapshot.json'],
} as const

export type Said = { readonly [what in Situation['tells'][number]]?: readonly string[] }

export function saidOf(situation: Situation): Said {
  const said = allSaidOf(situation)
  return Object.fromEntries(situation.tells.map((what) => [what, said[what]()]))
}

function allSaidOf({ base, patches, from }: Situation) {
  const [folder, document] = bases[base]
  const patched = patchText(folder.get(document) ?? '', patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  const set = setOf(marsys, document, new Map([[document, patched.text]]))
  const reading = () => marsys.read(set, context)
  return {
    /** Rule, severity, place, sentence and what to do. */
    findings: () =>
      reading().findings.map(
        ({ rule, severity, pointer, sentence, remedy }) =>
          `${rule} ${severity} ${pointer}: ${sentence}${remedy === null ? '' : ` → ${remedy}`}`,
      ),
    /** Rule, severity, sentence, step, action and what speaks for it. */
    diagnoses: () =>
      reading().diagnoses.map(({ rule, severity, sentence, step, action, evidence }) =>
        [
          `${rule} ${severity}: ${sentence}`,
          ...(step === null ? [] : [`at ${step}`]),
          ...(action.kind === 'none' ? [] : [`${action.kind}: ${action.label}`]),
          ...evidence.map(({ label, value }) => `${label}: ${value}`),
        ].join(' | '),
      ),
    run: () => runOf(reading().run),
    resume: () => {
      const { steps, warnings, problems } = marsys.resume(set, { from: from ?? null }, context)
      return [
        ...steps.map(({ step, does, reason }) => `${step} ${does}: ${reason}`),
        ...warnings,
        ...problems.map((problem) => `refused: ${problem}`),
      ]
    },
    repairs: () =>
      marsys
        .repairs(set, context)
        .map(
          ({ id, label, confidence, losses }) =>
            `${id} ${confidence}: ${[label, ...losses].join(' | ')}`,
        ),
  } as const
}

function runOf(run: ReturnType<typeof marsys.read>['run']): readonly string[] {
  if (run === null) return []
  const { workflow, status, createdAt, startedAt, updatedAt, finishedAt, error } = run
  const times = [createdAt, startedAt, updatedAt, finishedAt].map((time) => time ?? '-')
  return [
    `${workflow.name} ${status} ${times.join(' ')} ${error?.message ?? '-'}`,
    ...Object.entries(run.steps).map(([name, step]) =>
      [
        `${name} ${step.status}`,
        JSON.stringify(step.output),
        JSON.stringify(step.waitingOn),
        ...step.attempts.map(
          ({ startedAt: began, finishedAt: ended, outcome, error: why }) =>
            `${began} ${ended ?? '-'} ${outcome ?? 'open'} ${why?.message ?? '-'}`,
        ),
      ].join(' | '),
    ),
  ]
}
