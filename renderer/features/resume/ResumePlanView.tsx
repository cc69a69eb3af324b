import { useState } from 'react'
import type { Ref } from '../../../shared/contract/call.ts'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import { untrustedProblem } from '../../../shared/core/resume/untrustedProblem.ts'
import type { ResumeState } from '../../state/resumeStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageBody } from '../../ui/PageBody.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { indentJson } from '../../ui/indentJson.ts'
import { ProgramCommand } from './ProgramCommand.tsx'
import { RepairLoss } from './RepairLoss.tsx'
import { ResumeAtOnce } from './ResumeAtOnce.tsx'
import { ResumeFooter } from './ResumeFooter.tsx'
import { ResumeNotes } from './ResumeNotes.tsx'
import { ResumeOptions } from './ResumeOptions.tsx'
import { ResumeSteps } from './ResumeSteps.tsx'
import { ThreadPlan } from './ThreadPlan.tsx'
import { isOpen, whyNotReady } from './whyNotReady.ts'
import styles from './ResumeScreen.module.css'

export type ResumePlanViewProps = {
  readonly state: ResumeState
  readonly plan: ResumePlan
  readonly detail: RunDetail | null
  readonly workspace: Workspace
  readonly reference: Ref
  /** The step whose question is shown first. */
  readonly asked: string | null
}

export function ResumePlanView(props: ResumePlanViewProps) {
  const { state, plan, detail, workspace, reference, asked } = props
  const { choices, notice, work } = state
  const [tab, setTab] = useState<'plan' | 'changes'>('plan')
  // A step that asks says so itself.
  const open = plan.steps.filter((row) => isOpen(row, choices))
  // So does what a repair lost, and the banner of a workspace that is not trusted.
  const { loss } = plan
  const problems = plan.problems.filter(
    (problem) =>
      problem !== untrustedProblem &&
      (loss === null || loss.accepted || !problem.includes(loss.sentence)),
  )
  const hasOtherProblems = problems.length > open.length
  return (
    <>
      {notice !== null && (
        <Banner tone="warn" icon="refresh">
          {notice}
        </Banner>
      )}
      {work.kind === 'refused' && <ErrorPanel error={work.error} />}
      <Tabs
        label="The resume"
        tabs={[
          { id: 'plan', label: 'Plan' },
          ...(plan.byProgram
            ? []
            : [{ id: 'changes', label: 'Before and after', count: plan.atOnce?.total } as const]),
        ]}
        selected={tab}
        onSelect={setTab}
      >
        {tab === 'changes' ? (
          <ResumeAtOnce plan={plan} />
        ) : (
          <PageBody>
            {hasOtherProblems && (
              <ul className={styles.problems} aria-label="What forbids this resume">
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            )}
            {loss !== null && (
              <RepairLoss loss={loss} onAccept={(acceptLoss) => state.choose({ acceptLoss })} />
            )}
            {plan.command !== null && <ProgramCommand command={plan.command} />}
            {plan.byProgram ? (
              <ThreadPlan
                plan={plan}
                reference={reference}
                checkpoints={detail?.run?.checkpoints ?? []}
              />
            ) : (
              <>
                <ResumeOptions
                  choices={choices}
                  inputs={state.inputs}
                  variables={state.variables}
                  plan={plan}
                  run={detail?.run ?? null}
                  onChoose={state.choose}
                  onRead={(of) => void state.readValues(of)}
                />
                <ResumeNotes
                  notes={plan.notes}
                  inputsSince={plan.inputsSince}
                  onTake={() => void state.takeInputs(indentJson)}
                />
                <ResumeSteps
                  plan={plan}
                  of={ofRun(detail)}
                  asked={asked}
                  answers={choices.answers}
                  evidence={state.evidence}
                  onAnswer={state.answer}
                />
              </>
            )}
          </PageBody>
        )}
      </Tabs>
      <ResumeFooter
        plan={plan}
        choices={choices}
        reason={whyNotReady(state, workspace)}
        isRequested={work.kind === 'requested'}
        onResume={() => void state.apply()}
      />
    </>
  )
}

function ofRun(detail: RunDetail | null) {
  const workflow = detail?.run?.workflow?.name ?? null
  if (detail === null || workflow === null) return null
  return { workflow, document: detail.ref.document }
}
