// What becomes of the files of another engine's state: planned, carried out as it was shown, and taken back.
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { DocumentAction, DocumentPlan } from '../../shared/contract/documents.ts'
import { createPlanStore, type Approval, type PlanStore } from './planStore.ts'

export type DocumentDone =
  | ({ readonly kind: 'changed' } & CallOutput<'document.apply'>)
  | ({ readonly kind: 'undone' } & CallOutput<'document.undo'>)
export type DocumentStore = PlanStore<DocumentAction, DocumentPlan, DocumentDone>

export function createDocumentStore(
  client: Client,
  { ref, action }: { readonly ref: Ref; readonly action: DocumentAction },
): DocumentStore {
  return createPlanStore(client, {
    input: action,
    plan: (input, signal) => client.call('document.plan', { ref, action: input }, { signal }),
  })
}

/** Every file that was shown, or none. */
export async function changeDocument(
  client: Client,
  input: { readonly ref: Ref; readonly action: DocumentAction; readonly reason: string } & Approval,
): Promise<DocumentDone> {
  return { kind: 'changed', ...(await client.call('document.apply', input)) }
}

export async function undoDocument(
  client: Client,
  input: { readonly ref: Ref; readonly backup: string },
): Promise<DocumentDone> {
  return { kind: 'undone', ...(await client.call('document.undo', input)) }
}
