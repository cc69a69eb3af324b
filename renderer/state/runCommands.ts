import type { AnnotationChange } from '../../shared/schema/annotationChange.ts'
import { AppError } from '../../shared/errors.ts'
// What a person asks of a run that goes on, and the sentence that says what was then seen of it.
import type { Ref } from '../../shared/contract/call.ts'
import type { CallInput, Client } from '../../shared/contract/contract.ts'
import { RunId, StepId } from '../../shared/schema/ids.ts'

export type GateDecision = Omit<CallInput<'run.decide'>, 'ref' | 'step'> & {
  readonly step: string
  readonly decision: 'approved' | 'rejected'
}

type Answer = { readonly sentence: string; readonly isObserved: boolean }

export async function decideAtGate(
  client: Client,
  ref: Ref,
  { step, ...said }: GateDecision,
): Promise<Answer> {
  const { observed } = await client.call('run.decide', { ...said, ref, step: StepId.parse(step) })
  const sentence = observed
    ? `${step} is ${said.decision}: it was read back from the journal.`
    : `${step} was to be ${said.decision}. The journal does not say so yet; what is seen next is shown here.`
  return { sentence, isObserved: observed }
}

export async function retryStep(client: Client, ref: Ref, step: string): Promise<Answer> {
  const { observed } = await client.call('run.retry', { ref, step: StepId.parse(step) })
  const sentence = observed
    ? `${step} is tried again now.`
    : `${step} was to be tried again. It still waits; what is seen next is shown here.`
  return { sentence, isObserved: observed }
}

export async function nameCheckpoint(client: Client, ref: Ref, name: string): Promise<Answer> {
  const { checkpoint, observed } = await client.call('run.checkpoint', { ref, name })
  const sentence = observed
    ? `Checkpoint “${name}” is made: ${checkpoint}.`
    : `Checkpoint “${name}” was asked for. The journal does not show it yet.`
  return { sentence, isObserved: observed }
}

export async function annotateRun(
  client: Client,
  ref: Ref,
  change: AnnotationChange,
): Promise<Answer> {
  const { rows } = await client.call('run.annotate', { runs: [RunId.parse(ref.document)], change })
  const [row] = rows
  if (row?.outcome !== 'done') throw new AppError('io', row?.cause ?? 'It was not reached.')
  return { sentence: annotatedSentence(change), isObserved: true }
}

function annotatedSentence({ pinned, ...said }: AnnotationChange): string {
  if (Object.keys(said).length > 0) return 'What is said of the run is recorded in it.'
  return pinned === true ? 'Pinned: clean up leaves it alone.' : 'The pin is taken away.'
}
