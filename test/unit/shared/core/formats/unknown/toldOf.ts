import { createHash } from 'node:crypto'
import type { FileSet } from '../../../../../../shared/core/formats/format.ts'
import { readUnknown } from '../../../../../../shared/core/formats/unknown/readUnknown.ts'
import type { UnknownMapping } from '../../../../../../shared/schema/unknownMapping.ts'

export const now = '2026-03-02T00:00:00.000Z'
export const context = {
  sha256: (text: string) => createHash('sha256').update(text).digest('hex'),
  now,
}

/** One document alone. */
export function setOf(
  text: string,
  document = 'runs/one.json',
  item: string | null = null,
): FileSet {
  const file = { path: document, sizeBytes: text.length, modifiedAt: '2026-03-01T20:00:00.000Z' }
  return { document, item, files: [file], texts: new Map([[document, text]]) }
}

type Options = { readonly item?: string; readonly mappings?: readonly UnknownMapping[] }

export function read(text: string, { item, mappings = [] }: Options = {}) {
  return readUnknown(setOf(text, 'runs/one.json', item ?? null), { ...context, mappings })
}

export type Reading = ReturnType<typeof readUnknown>

/** What was guessed, where, how sure it is and why. */
export function guessesIn({ guesses = [] }: Reading): readonly string[] {
  return guesses.map(
    ({ field, path, confidence, evidence }) => `${field} ${path ?? '-'} ${confidence}: ${evidence}`,
  )
}

/** A reading in the lines that a person is told. */
export function toldOf(reading: Reading): readonly string[] {
  return [...runIn(reading), ...diagnosesIn(reading), ...guessesIn(reading)]
}

export function diagnosesIn({ diagnoses }: Reading): readonly string[] {
  return diagnoses.map(({ rule, severity, sentence, evidence, action }) =>
    [
      `${rule} ${severity}: ${sentence}`,
      `${action.kind}: ${action.label}`,
      ...evidence.map(({ label, value }) => `${label}: ${value}`),
    ].join(' | '),
  )
}

export function runIn({ run }: Reading): readonly string[] {
  if (run === null) return []
  const { id, kind, workflow, status, createdAt, startedAt, updatedAt, finishedAt, error } = run
  return [
    `${kind} ${id} of ${workflow.name}: ${status} ${error?.message ?? '-'}`,
    [createdAt, startedAt, updatedAt, finishedAt].map((at) => at ?? '-').join(' '),
    ...Object.entries(run.steps).map(([name, { status: is, output, attempts, skippedBy }]) =>
      [
        `${name}: ${is} ${JSON.stringify(output)} ${skippedBy ?? ''}`.trim(),
        ...attempts.map(
          ({ startedAt: began, finishedAt: ended, outcome, error: why }) =>
            `${began} ${ended ?? '-'} ${outcome ?? 'open'} ${why?.message ?? '-'}`,
        ),
      ].join(' | '),
    ),
  ]
}
