// What a person says of an error: kept with the workspace, in the operations log, and taken back from there.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { ErrorNote, type KeptDecision } from '../../shared/schema/errorGroup.ts'
import type { Store } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'

type Input = HandlerInput<'error.decide'>
type Decisions = ErrorNote['decisions']

/** By the text of the error. */
export async function readDecisions({ store }: { readonly store: Store }): Promise<Decisions> {
  const note = await store.taskNote(task)
  if (note === null) return {}
  const parsed = ErrorNote.safeParse(note)
  if (parsed.success) return parsed.data.decisions
  throw new AppError(
    'corrupt',
    'What was said of errors cannot be read: .unstuck/tasks/errors.json. Move the file away to begin anew; nothing else depends on it.',
  )
}

const task = 'errors'

/** [X111] */
export async function decideError(
  context: ServiceContext,
  { error, decision, reason }: Input,
): Promise<CallOutput<'error.decide'>> {
  const made = await context.store.exclusively(task, async () => {
    const decisions = await readDecisions(context)
    const before = Object.hasOwn(decisions, error) ? (decisions[error] ?? null) : null
    const said = { decision, at: context.now(), by: context.user, reason }
    await logged(
      context,
      { call: 'error.decide', item: error, reason },
      () => keep(context, { ...decisions, [error]: said }),
      () => ({
        changes: [{ path: '/decision', before: told(before), after: told(said) }],
        undo: { call: 'error.decide', item: error, target: JSON.stringify(beforeOf(before)) },
      }),
    )
    return said
  })
  if (made === null)
    throw new AppError('locked', 'Another process decides about an error just now. Try again.')
  context.emit('workspace.changed', {})
  const kept = (await readDecisions(context))[error] ?? null
  const observed = kept !== null && kept.at === made.at && told(kept) === told(made)
  return { said: kept, observed }
}

/** [X111] The oldest are forgotten once there are more than anybody looks through. */
async function keep({ store }: ServiceContext, decisions: Decisions): Promise<void> {
  const newest = Object.entries(decisions)
    .toSorted(([, a], [, b]) => (a.at < b.at ? 1 : -1))
    .slice(0, most)
  await store.noteTask(task, { version: 1, decisions: Object.fromEntries(newest) })
}

const most = 2000

function beforeOf(before: KeptDecision | null): KeptDecision['decision'] {
  return before === null ? { kind: 'none' } : before.decision
}

function told(said: KeptDecision | null): string {
  return JSON.stringify(beforeOf(said))
}
