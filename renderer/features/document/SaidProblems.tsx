import type { DocumentPlan } from '../../../shared/contract/documents.ts'
import { SaidList } from './SaidList.tsx'

/** What forbids a plan. */
export function SaidProblems({ plan }: { readonly plan: Pick<DocumentPlan, 'problems'> }) {
  return <SaidList title="What forbids it" tone="bad" sentences={plan.problems} />
}
