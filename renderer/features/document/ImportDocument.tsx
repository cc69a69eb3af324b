import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { importDocumentCommand } from '../../state/documentCommands.ts'
import { createDocumentImportStore, importChoices } from '../../state/documentImportStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { PageBody } from '../../ui/PageBody.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { ImportedSteps } from './ImportedSteps.tsx'
import { ImportOutcome } from './ImportOutcome.tsx'
import { PlanFooter } from './PlanFooter.tsx'
import { PlanFrame } from './PlanFrame.tsx'
import { SaidList } from './SaidList.tsx'
import styles from './PlanScreen.module.css'

export type ImportDocumentProps = { readonly reference: Ref; readonly workspace: Workspace }

/** The run that would be made of another engine's state, and by name what cannot be expressed. */
export function ImportDocument({ reference, workspace }: ImportDocumentProps) {
  const client = useClient()
  const store = usePageStore(JSON.stringify(reference), () =>
    createDocumentImportStore(client, reference),
  )
  const { input, planning, notice, work, replan, ask, apply } = useStore(store)
  const choices = importChoices(input)
  const make = (run: string) =>
    void apply((approval) =>
      client.call('document.import.apply', {
        ref: reference,
        ...choices,
        run: RunId.parse(run),
        ...approval,
      }),
    )
  const isDone = work.kind === 'done'
  return (
    <PlanFrame
      verb="Import"
      reference={reference}
      planning={planning}
      notice={notice}
      outcome={<ImportOutcome work={work} />}
      onRetry={() => void replan()}
    >
      {(plan) => (
        <>
          <PageBody>
            <SaidList title="What cannot be expressed" tone="bad" sentences={plan.problems} />
            <SaidList title="To know" tone="neutral" sentences={plan.notes} />
            <div className={styles.fields}>
              <TextField
                label="Definition"
                hint="A file of the workspace. Empty: the one that lies beside the document."
                placeholder="workflows/deploy.yaml"
                value={input.definition}
                onChange={(definition) => void ask({ ...input, definition })}
              />
              <TextField
                label="Commands of steps"
                hint="STEP=COMMAND, one a line, where the document does not tell."
                multiline
                value={input.commands}
                onChange={(commands) => void ask({ ...input, commands })}
              />
            </div>
            <ImportedSteps plan={plan} />
          </PageBody>
          <PlanFooter
            why={
              isDone ? 'It was imported. Open the run to go on with it.' : whyNot(plan, workspace)
            }
            command={importDocumentCommand(reference, choices)}
            label="Import as a run"
            icon="plus"
            isRequested={work.kind === 'requested'}
            onApply={() => make(plan.run)}
          />
        </>
      )}
    </PlanFrame>
  )
}

function whyNot({ ready }: { readonly ready: boolean }, workspace: Workspace): string | null {
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  return ready ? null : 'It cannot be imported like this: what cannot be expressed stands above.'
}
