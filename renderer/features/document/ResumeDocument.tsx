import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { EngineResumePlan } from '../../../shared/contract/documents.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { resumeDocumentCommand } from '../../state/documentCommands.ts'
import { createEngineResumeStore } from '../../state/engineResumeStore.ts'
import { shellLine } from '../../state/shellLine.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { PageBody } from '../../ui/PageBody.tsx'
import { Select } from '../../ui/Select.tsx'
import { CommandSource } from './CommandSource.tsx'
import { EngineSteps } from './EngineSteps.tsx'
import { PlanFooter } from './PlanFooter.tsx'
import { PlanFrame } from './PlanFrame.tsx'
import { ResumeDocumentOutcome } from './ResumeDocumentOutcome.tsx'
import { SaidList } from './SaidList.tsx'
import styles from './PlanScreen.module.css'

export type ResumeDocumentProps = {
  readonly reference: Ref
  readonly workspace: Workspace
  readonly from: string | null
}

/** The engine's own command, and what it really does with each step, read before it runs. */
export function ResumeDocument({ reference, workspace, from }: ResumeDocumentProps) {
  const client = useClient()
  const mask = useMask()
  const store = usePageStore(JSON.stringify(reference), () =>
    createEngineResumeStore(client, { ref: reference, from }),
  )
  const { input, ask, planning, notice, work, replan, apply, cancel } = useStore(store)
  const run = () =>
    void apply((approval, { signal, onTold }) =>
      client.call(
        'document.resume.apply',
        { ref: reference, ...input, ...approval },
        { signal, onProgress: ({ text }) => onTold(text) },
      ),
    )
  return (
    <PlanFrame
      verb="Resume"
      reference={reference}
      planning={planning}
      notice={notice}
      outcome={<ResumeDocumentOutcome work={work} onCancel={cancel} />}
      onRetry={() => void replan()}
    >
      {(plan) => (
        <>
          <PageBody>
            {/* A thread goes on where it is: its graph knows no step to go on from. */}
            {reference.format !== 'unstuck' && (
              <div className={styles.fields}>
                <Select
                  label="Go on from"
                  value={input.from ?? itself}
                  options={[
                    { value: itself, label: `where ${plan.engine} goes on by itself` },
                    ...stepsOf(plan, input.from).map((step) => ({ value: step, label: step })),
                  ]}
                  onChange={(step) => void ask({ from: step === itself ? null : step })}
                />
              </div>
            )}
            {plan.command !== null && (
              <section className={styles.said} aria-label="The command that would run">
                <h2 className={styles.heading}>
                  This command of {plan.engine} would run in {workspace.path ?? workspace.name}
                </h2>
                <div className={styles.command}>
                  <code>{mask.text(shellLine(plan.command))}</code>
                  <CopyCommand
                    text={shellLine(plan.command)}
                    shown={mask.text(shellLine(plan.command))}
                    label="Copy command"
                    size="s"
                  />
                </div>
                <CommandSource plan={plan} />
              </section>
            )}
            {plan.command === null && <CommandSource plan={plan} />}
            <SaidList title="What forbids it" tone="bad" sentences={plan.problems} />
            <SaidList title="Mind, before it runs" tone="warn" sentences={plan.warnings} />
            <EngineSteps plan={plan} />
          </PageBody>
          <PlanFooter
            why={whyNot(plan, workspace)}
            command={resumeDocumentCommand(reference, input.from)}
            label={`Run the command of ${plan.engine}`}
            icon="play"
            isRequested={work.kind === 'requested'}
            onApply={run}
          />
        </>
      )}
    </PlanFrame>
  )
}

const itself = ''

function stepsOf({ steps }: EngineResumePlan, from: string | null): readonly string[] {
  const names = steps.map(({ step }) => step)
  return from === null || names.includes(from) ? names : [from, ...names]
}

function whyNot(plan: EngineResumePlan, workspace: Workspace): string | null {
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  if (!plan.ready) return 'It cannot go on like this: what forbids it stands above.'
  return plan.trusted
    ? null
    : 'Nothing runs in a workspace that is not trusted: trust it first, above.'
}
