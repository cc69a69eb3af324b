import { useRef, type KeyboardEvent, type SyntheticEvent } from 'react'
import { useStore } from 'zustand'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { formEntries } from '../../state/formEntries.ts'
import { runRoute } from '../../state/route.ts'
import type { StartStore, Workflow } from '../../state/startStore.ts'
import { useFormProblems } from '../../state/useFormProblems.ts'
import { useMask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { focusFirstInvalid } from '../../ui/focusFirstInvalid.ts'
import { FormFields } from '../../ui/FormFields.tsx'
import { PlannedSteps } from './PlannedSteps.tsx'
import { StartFooter } from './StartFooter.tsx'
import { WorkflowTitle } from './WorkflowTitle.tsx'
import styles from './StartPage.module.css'

export type StartFormProps = {
  readonly store: StartStore
  readonly workflow: Workflow
  readonly workspace: Workspace
}

/** What the workflow asks for and what it will do, and the button that starts it. */
export function StartForm({ store, workflow, workspace }: StartFormProps) {
  const { draft, problems, work, change, start } = useStore(store)
  const mask = useMask()
  const { go } = useNavigation()
  const form = useRef<HTMLFormElement>(null)
  const found = useFormProblems(workflow.fields, draft)
  const isRefused = !workspace.trusted || !workspace.writable

  const submit = async () => {
    if (isRefused) return
    found.showAll()
    const ref = found.count > 0 ? null : await start()
    if (ref === null) focusFirstInvalid(form.current)
    else go(runRoute(ref.document, ref.format))
  }
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    void submit()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void submit()
  }
  const isBlamed = work.kind === 'failed' && Object.keys(problems).length > 0
  return (
    // Ctrl Enter starts from inside a field of many lines, where Enter is a new line.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className={styles.form}
      aria-label={`Start ${workflow.name ?? workflow.path}`}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
    >
      <div className={styles.scroll}>
        <WorkflowTitle workflow={workflow} />
        {work.kind === 'failed' && !isBlamed && <ErrorPanel error={work.error} />}
        <section aria-label="Inputs" className={styles.section}>
          <h4>Inputs</h4>
          {workflow.fields.length === 0 ? (
            <p className={styles.quiet}>It asks for nothing.</p>
          ) : (
            <FormFields
              entries={formEntries(workflow.fields, draft, { ...problems, ...found.seen })}
              hidesSecrets={mask.isOn}
              onChange={change}
              onLeave={found.onLeave}
            />
          )}
        </section>
        <PlannedSteps steps={workflow.steps} />
      </div>
      <StartFooter store={store} workflow={workflow} workspace={workspace} missing={found.count} />
    </form>
  )
}
