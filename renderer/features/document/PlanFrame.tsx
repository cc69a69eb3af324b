import type { ReactNode } from 'react'
import type { Ref } from '../../../shared/contract/call.ts'
import type { Planning } from '../../state/planning.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { DocumentHeader } from './DocumentHeader.tsx'

export type PlanFrameProps<Plan> = {
  /** What is planned, such as `Repair`. */
  readonly verb: string
  readonly reference: Ref
  readonly planning: Planning<Plan>
  readonly notice: string | null
  /** What came of it, or comes of it now. */
  readonly outcome: ReactNode
  /** Stands in place of the plan where nothing is to be planned. */
  readonly nothing?: ReactNode
  readonly onRetry: () => void
  readonly children: (plan: Plan) => ReactNode
}

/** The page of a plan: whose it is, what came of it, and the plan once it is there. */
export function PlanFrame<Plan extends { readonly engine: string }>(props: PlanFrameProps<Plan>) {
  const { verb, reference, planning, notice, outcome, nothing = null, onRetry, children } = props
  const plan = planning.kind === 'ready' ? planning.planned.plan : null
  return (
    <Page>
      <DocumentHeader verb={verb} reference={reference} engine={plan?.engine} />
      {notice !== null && (
        <Banner tone="warn" icon="refresh">
          {notice}
        </Banner>
      )}
      {outcome}
      {nothing ?? <Planned planning={planning} onRetry={onRetry} draw={children} />}
    </Page>
  )
}

type PlannedProps<Plan> = {
  readonly planning: Planning<Plan>
  readonly onRetry: () => void
  readonly draw: (plan: Plan) => ReactNode
}

function Planned<Plan>({ planning, onRetry, draw }: PlannedProps<Plan>) {
  if (planning.kind === 'loading') return <Spinner label="Planning" />
  if (planning.kind === 'failed') return <ErrorPanel error={planning.error} onRetry={onRetry} />
  return draw(planning.planned.plan)
}
