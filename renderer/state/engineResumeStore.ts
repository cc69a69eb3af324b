// Resuming by the engine's own command: what it would do, and what came of it.
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { EngineResumePlan } from '../../shared/contract/documents.ts'
import { createPlanStore, type PlanStore } from './planStore.ts'

/** Null: as the engine goes on by itself. */
export type EngineResumeChoice = { readonly from: string | null }
export type EngineResumed = CallOutput<'document.resume.apply'>
export type EngineResumeStore = PlanStore<EngineResumeChoice, EngineResumePlan, EngineResumed>

export function createEngineResumeStore(
  client: Client,
  { ref, from }: EngineResumeChoice & { readonly ref: Ref },
): EngineResumeStore {
  return createPlanStore(client, {
    input: { from },
    plan: (input, signal) => client.call('document.resume.plan', { ref, ...input }, { signal }),
  })
}
