import { assertNever } from '../../assert.ts'
import { itemParent } from '../../schema/itemStep.ts'
import { ownValue, type Json } from '../../schema/json.ts'
import { pointer } from '../../schema/pointer.ts'
import type { Run, RunError, StepState } from '../../schema/run.ts'
import { closeAttempt, closeOpenAttempt, isOpen, nextNumber, unrecorded } from '../run/attempts.ts'
import { createDraft, followSteps, updateStep, type Draft } from '../run/draft.ts'
import { resetStep } from '../run/stepRecords.ts'
import type { Applied } from './applied.ts'
import { dependentsOf } from './dependentsOf.ts'
import type { StepEdit } from './edit.ts'
import { readJson } from './readJson.ts'

/** Says of a step that it succeeded, failed, is passed over or begins anew; attempts that were made stay. */
export function applyStepEdit(run: Run, edit: StepEdit, at: string): Applied {
  const state = ownValue<StepState>(run.steps, edit.step)
  if (state === undefined)
    return { kind: 'refused', path: '/steps', sentence: `The run has no step ${edit.step}.` }
  const draft = createDraft(run)
  const flaw = change(draft, edit, at)
  if (flaw !== null)
    return { kind: 'refused', path: pointer('steps', edit.step, 'output'), sentence: flaw }
  const also = edit.kind === 'reset' ? resetOthers(draft, edit, at) : endItems(draft, edit.step, at)
  followSteps(draft)
  return { kind: 'ok', run: draft.run, also }
}

const atRest = { waitingOn: null, skippedBy: null } as const

/** A sentence where it cannot be done. */
function change(draft: Draft, edit: StepEdit, at: string): string | null {
  switch (edit.kind) {
    case 'succeed': {
      const read = readJson(edit.json)
      if (read.kind === 'refused') return read.sentence
      updateStep(draft, edit.step, (state) => succeeded(state, read.value, at))
      return null
    }
    case 'fail':
      updateStep(draft, edit.step, (state) => failed(state, edit.message, at))
      return null
    case 'skip':
      updateStep(draft, edit.step, ({ attempts }) => ({
        status: 'skipped',
        skippedBy: 'person',
        waitingOn: null,
        output: null,
        attempts: closeOpenAttempt(attempts, unrecorded(at)),
      }))
      return null
    case 'reset':
      updateStep(draft, edit.step, (state) => resetStep(state, at))
      return null
    default:
      return assertNever(edit)
  }
}

function succeeded({ attempts }: StepState, output: Json, at: string): Partial<StepState> {
  const end = { at, outcome: 'succeeded', error: null, exitCode: null } as const
  return { ...atRest, status: 'succeeded', output, attempts: closeOpenAttempt(attempts, end) }
}

/** What it failed with stands in an attempt: the open one, else one of its own. */
function failed({ attempts }: StepState, message: string, at: string): Partial<StepState> {
  const error: RunError = { name: 'MarkedFailed', message, code: null, stack: null }
  const number = isOpen(attempts) ? nextNumber(attempts) - 1 : nextNumber(attempts)
  const end = { at, outcome: 'failed', error, exitCode: null } as const
  return {
    ...atRest,
    status: 'failed',
    output: null,
    attempts: closeAttempt(attempts, number, end),
  }
}

/** [N9] Items do not go on under a step that has ended. */
function endItems(draft: Draft, step: string, at: string): readonly string[] {
  const open = itemsOf(draft, step).filter(([, { status }]) => unfinished.has(status))
  for (const [name] of open)
    updateStep(draft, name, ({ attempts }) => ({
      ...atRest,
      status: 'cancelled',
      attempts: closeOpenAttempt(attempts, unrecorded(at)),
    }))
  return open.length === 0
    ? []
    : [
        `${counted(open.length, 'unfinished item')} of it ${open.length === 1 ? 'is' : 'are'} cancelled.`,
      ]
}

const unfinished: ReadonlySet<string> = new Set(['pending', 'running', 'waiting'])

/** [N8] What went on from its result begins anew as well, and so do its items. */
function resetOthers(
  draft: Draft,
  { step, dependents }: Extract<StepEdit, { kind: 'reset' }>,
  at: string,
): readonly string[] {
  const later = dependents ? dependentsOf(draft.run, step) : []
  const items = [step, ...later].flatMap((one) => itemsOf(draft, one).map(([name]) => name))
  const touched = (names: readonly string[]) =>
    names.filter((name) => ownValue<StepState>(draft.run.steps, name)?.status !== 'pending')
  const resetLater = touched(later)
  const resetItems = touched(items)
  for (const name of [...resetLater, ...resetItems])
    updateStep(draft, name, (state) => resetStep(state, at))
  return [
    ...(resetLater.length === 0
      ? []
      : [`Reset with it, because it depends on it: ${listed(resetLater)}.`]),
    ...(resetItems.length === 0 ? [] : [`${counted(resetItems.length, 'item')} begin anew.`]),
  ]
}

function itemsOf({ run }: Draft, step: string): readonly (readonly [string, StepState])[] {
  return Object.entries<StepState>(run.steps).filter(([name]) => itemParent(name)?.step === step)
}

function listed(names: readonly string[]): string {
  const more = names.length - 10
  return `${names.slice(0, 10).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
