import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import type { FileSet } from '../../../../../../shared/core/formats/format.ts'
import { context, home } from './tappsSet.ts'

/** All that is told of a document, in the lines that a person reads. */
export function toldOf(set: FileSet): readonly string[] {
  return [...readingOf(set), ...repairsOf(set), ...resumeOf(set)].map(plain)
}

/** Ids and folders that stand in every line say nothing. */
function plain(line: string): string {
  return line.replaceAll(`${home}/`, '~/')
}

export function readingOf(set: FileSet): readonly string[] {
  const { label, version, isOld, findings, diagnoses, points, run, said } = tapps.read(set, context)
  return [
    `${label} | ${version ?? 'no version'}${isOld ? ' (old)' : ''} | said ${JSON.stringify(said)}`,
    ...runOf(run),
    ...findings.map(
      ({ rule, severity, sentence, file, line, column, pointer, remedy }) =>
        `${rule} ${severity} at ${file} ${line ?? '-'}:${column ?? '-'} ${pointer ?? '-'}: ${sentence} → ${remedy ?? 'nothing'}`,
    ),
    ...diagnoses.map(({ rule, severity, sentence, evidence, action, step }) =>
      [
        `${rule} ${severity}: ${sentence}`,
        `at ${step ?? 'no step'}, ${action.kind}: ${action.label}`,
        ...evidence.map(({ label: of, value }) => `${of}: ${value}`),
      ].join(' | '),
    ),
    ...points.map(
      ({ id, label: of, kind, document, at, problem }) =>
        `${kind} ${of} ${at ?? 'at no time'} ${problem ?? 'whole'}${id === document ? '' : ` as ${id}`}`,
    ),
  ]
}

function runOf(run: ReturnType<typeof tapps.read>['run']): readonly string[] {
  if (run === null) return []
  const { id, workflow, status, error, variables, steps } = run
  const times = [run.createdAt, run.startedAt, run.updatedAt, run.finishedAt]
  return [
    `run ${id} of ${workflow.name} (${workflow.source ?? 'no source'}): ${status} ${error?.message ?? '-'}`,
    `${times.map((at) => at ?? '-').join(' ')} ${JSON.stringify(variables)}`,
    ...Object.entries(steps).map(([name, step]) =>
      [
        `step ${name}: ${step.status} ${JSON.stringify(step.output)} ${step.skippedBy ?? ''}`.trim(),
        ...step.attempts.map(
          ({ number, startedAt, finishedAt, outcome, error: why }) =>
            `${number} ${startedAt} ${finishedAt ?? '-'} ${outcome ?? 'open'} ${why?.message ?? '-'}`,
        ),
      ].join(' | '),
    ),
  ]
}

export function repairsOf(set: FileSet): readonly string[] {
  return tapps
    .repairs(set, context)
    .map(({ id, label, confidence, losses, changes }) =>
      [
        `repair ${id} ${confidence}: ${label}`,
        ...losses,
        ...changes.map(({ path, text, why }) => `${path} ${text?.length ?? 'away'}: ${why}`),
      ].join(' | '),
    )
}

export function resumeOf(set: FileSet, from: string | null = null): readonly string[] {
  const { command, steps, warnings, problems } = tapps.resume(set, { from }, context)
  return [
    ...(command === null ? [] : [`resume: ${command.join(' ')}`]),
    ...steps.map(({ step, does, reason }) => `resume ${step} ${does}: ${reason}`),
    ...warnings.map((warning) => `resume warns: ${warning}`),
    ...problems.map((problem) => `resume refused: ${problem}`),
  ]
}
