import type { AlignedRow, PartingRow } from '../../shared/contract/compare.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { AlignedStep, Parting } from '../../shared/core/diff/divergence.ts'
import { divergenceSentence } from '../../shared/core/diff/divergenceSentence.ts'
import { firstDivergence } from '../../shared/core/diff/firstDivergence.ts'
import type { ServiceContext } from './context.ts'
import { readSides } from './readSides.ts'
import { cutJson } from './cutJson.ts'

/** Where two runs part, and a page of their steps beside each other. */
export async function findDivergence(
  context: ServiceContext,
  input: HandlerInput<'run.divergence'>,
  { signal }: HandlerOptions<'run.divergence'>,
): Promise<CallOutput<'run.divergence'>> {
  const { left, right } = await readSides(context, input, signal)

  const divergence = firstDivergence(left, right, { exact: input.exact })
  const { first, inputs, steps, sameWorkflow, agreedUpTo } = divergence
  return {
    sentence: divergenceSentence(divergence).slice(0, 2000),
    sameWorkflow,
    first: first === null ? null : partingRow(first),
    agreedUpTo,
    inputs: inputs === null ? null : partingRow(inputs),
    steps: steps.slice(input.offset, input.offset + input.limit).map(alignedRow),
    total: steps.length,
  }
}

function partingRow({ step, part, path, from, before, after }: Parting): PartingRow {
  const [old, now] = [cutJson(before), cutJson(after)]
  return {
    step,
    part,
    path,
    from: from ?? null,
    before: old.text,
    after: now.text,
    truncated: old.truncated || now.truncated,
  }
}

function alignedRow({ step, verdict, parting, left, right }: AlignedStep): AlignedRow {
  return { step, verdict, part: parting?.part ?? null, path: parting?.path ?? null, left, right }
}
