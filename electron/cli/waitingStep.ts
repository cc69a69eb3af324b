import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { StepView } from '../../shared/contract/runs.ts'
import { AppError } from '../../shared/errors.ts'

type Kind = 'gate' | 'retry'
const words = { gate: 'a decision', retry: 'its next attempt' } as const satisfies Record<
  Kind,
  string
>

/** The step that is named, or the only one that waits for this. */
export async function waitingStep(
  client: Client,
  ref: Ref,
  { named, kind }: { readonly named: string | undefined; readonly kind: Kind },
): Promise<StepView> {
  if (named !== undefined) return findStep(client, ref, named)
  const waiting = (await readSteps(client, ref)).filter(({ waitingOn }) => waitingOn?.kind === kind)
  const [only] = waiting
  if (only !== undefined && waiting.length === 1) return only
  const which =
    only === undefined
      ? `No step of ${ref.document} waits for ${words[kind]}.`
      : `${waiting.length} steps of ${ref.document} wait for ${words[kind]}. Name one: ${waiting
          .slice(0, 20)
          .map(({ id }) => id)
          .join(', ')}`
  throw new AppError('invalid-input', which, { run: ref.document })
}

export async function findStep(client: Client, ref: Ref, step: string): Promise<StepView> {
  const found = (await readSteps(client, ref)).find(({ id }) => id === step)
  if (found !== undefined) return found
  throw new AppError('not-found', `Run ${ref.document} has no step ${step}.`, {
    run: ref.document,
    step,
  })
}

/** Every step, page by page. */
async function readSteps(client: Client, ref: Ref): Promise<readonly StepView[]> {
  const all: StepView[] = []
  for (;;) {
    const page = await client.call('run.steps', { ref, offset: all.length, limit: 500 })
    all.push(...page.steps)
    if (page.steps.length === 0 || all.length >= page.total) return all
  }
}
