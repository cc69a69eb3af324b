import { ownValue } from '../../schema/json.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { isEqualJson } from '../diff/jsonShape.ts'
import { sinceNotes } from './changedSince.ts'
import { firstNames } from './firstNames.ts'
import { afterOthers } from './missingFiles.ts'
import { outputNotes } from './outputReaders.ts'
import { definitionInUse, type ResumeInput } from './resumeInput.ts'
import type { ResumeNote, ResumeStep } from './resumePlan.ts'

/** What is said before anything runs and forbids nothing. */
export function findNotes(input: ResumeInput, steps: readonly ResumeStep[]): readonly ResumeNote[] {
  return [
    ...placeNotes(input),
    ...environmentNotes(input),
    ...givenNotes(input, steps),
    ...definitionNotes(input),
    ...sinceNotes(input),
    ...inputNotes(input),
    ...variableNotes(input),
    ...afterOthers(input, steps),
    ...childNotes(input, steps),
    ...outputNotes(steps),
    ...(input.notes ?? []),
  ]
}

/** [S37] Where it would go on, against where the run was. */
function placeNotes({ run, here }: ResumeInput): readonly ResumeNote[] {
  if (here === undefined || here === null) return []
  const { place } = run
  const notes: ResumeNote[] = []
  if (place.user !== null && place.user !== here.user)
    notes.push({ about: 'user', sentence: `The run is ${place.user}'s; you are ${here.user}.` })
  if (place.host !== null && place.host !== here.host) {
    const sentence = `The run was on ${place.host}; it would go on on ${here.host}.`
    notes.push({ about: 'host', sentence })
  }
  if (place.folder !== here.folder) {
    const sentence = `Its steps worked in ${place.folder ?? 'no recorded folder'}; they would work in ${here.folder ?? 'the home folder'}.`
    notes.push({ about: 'folder', sentence })
  }
  return notes
}

/** [S37] Names only: the values of variables are nowhere recorded. */
function environmentNotes(input: ResumeInput): readonly ResumeNote[] {
  const { run, here } = input
  if (here === undefined || here === null) return []
  const steps = Object.values(definitionInUse(input)?.steps ?? {})
  const declared = new Set(steps.flatMap((step) => Object.keys(step.environment ?? {})))
  const recorded = run.place.environment
  const lost = recorded.filter((name) => !declared.has(name) && !here.environment.includes(name))
  const added = [...declared].filter((name) => !recorded.includes(name))
  return [
    ...(lost.length === 0
      ? []
      : [environmentNote(`${lost.join(', ')}: set for the run, and not set now.`)]),
    ...(added.length === 0
      ? []
      : [environmentNote(`${added.join(', ')}: set by the definition now, and not for the run.`)]),
  ]
}

/** [T161] What the processes of the steps that would run get beside the base set. */
function givenNotes(input: ResumeInput, steps: readonly ResumeStep[]): readonly ResumeNote[] {
  const definitions: Readonly<Record<string, StepDefinition>> = definitionInUse(input)?.steps ?? {}
  const runs = new Set(
    steps.filter(({ action }) => acts.has(action)).map(({ step }) => nameOf(step)),
  )
  const bySentence = new Map<string, string[]>()
  for (const step of runs) {
    const own = Object.keys(ownValue(definitions, step)?.environment ?? {})
    const { found = [], missing = [] } = ownValue(input.here?.passed ?? {}, step) ?? {}
    for (const sentence of givenSentences([...own, ...found], missing))
      bySentence.set(sentence, [...(bySentence.get(sentence) ?? []), step])
  }
  return [...bySentence].map(([sentence, names]) => ({
    about: 'environment',
    sentence: `${firstNames(names)} ${names.length === 1 ? 'gets' : 'get'} ${sentence}`,
  }))
}

const acts: ReadonlySet<string> = new Set(['run', 'ask'])

/** Of an item, the step that it is an item of. */
function nameOf(step: string): string {
  return step.replace(/\[\d+\]$/, '')
}

function givenSentences(given: readonly string[], missing: readonly string[]): readonly string[] {
  const masked = [...new Set(given)].toSorted().map((name) => `${name}=••••••`)
  return [
    ...(masked.length === 0 ? [] : [`the variables ${firstNames(masked)}.`]),
    ...(missing.length === 0 ? [] : [`no ${missing.join(', ')}: not set here, and asked for.`]),
  ]
}

function environmentNote(sentence: string): ResumeNote {
  return { about: 'environment', sentence: `Environment variables ${sentence}` }
}

function definitionNotes(input: ResumeInput): readonly ResumeNote[] {
  const { run, current, use } = input
  if (use === 'recorded' || current === null) return []
  const before = run.workflow.version
  const now = current.version ?? null
  if (before === now) return []
  const sentence = `The run began with version ${before ?? '(none)'} of the workflow; it would go on with ${now ?? '(none)'}.`
  return [{ about: 'definition', sentence }]
}

/** [S38] Names only: a value may be a secret. */
function inputNotes({ run, inputs }: ResumeInput): readonly ResumeNote[] {
  if (inputs === undefined || inputs === null) return []
  const names = [...new Set([...Object.keys(run.inputs), ...Object.keys(inputs)])]
  const changed = names.filter((name) => {
    const before = ownValue(run.inputs, name)
    const now = ownValue(inputs, name)
    return before === undefined || now === undefined || !isEqualJson(before, now)
  })
  if (changed.length === 0) return []
  const sentence = `Changed inputs: ${changed.join(', ')}. Steps that are reused have seen the old ones.`
  return [{ about: 'inputs', sentence }]
}

/** [S38] */
function variableNotes({ variables }: ResumeInput): readonly ResumeNote[] {
  if (variables === undefined || variables === null) return []
  const set = Object.keys(variables.set)
  return [
    ...(set.length === 0 ? [] : [variableNote(`Variables that are set: ${set.join(', ')}.`)]),
    ...(variables.remove.length === 0
      ? []
      : [variableNote(`Variables that are taken away: ${variables.remove.join(', ')}.`)]),
  ]
}

function variableNote(sentence: string): ResumeNote {
  return { about: 'variables', sentence }
}

/** A run that a step waits for goes on by its own plan. */
function childNotes(input: ResumeInput, steps: readonly ResumeStep[]): readonly ResumeNote[] {
  return steps.flatMap(({ step, action }): readonly ResumeNote[] => {
    const child = ownValue(input.children ?? {}, step)
    if (child === undefined || child.open.length === 0 || action !== 'await') return []
    const sentence = `${step} waits for the run ${child.run}, which goes on only when you have decided about its ${child.open.length === 1 ? 'step' : 'steps'} ${child.open.join(', ')}. Resume that run.`
    return [{ about: 'child', sentence }]
  })
}
