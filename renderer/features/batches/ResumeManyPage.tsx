import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createResumeManyStore, titleOf } from '../../state/resumeManyStore.ts'
import { encodeRoute, type Route } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { ManyFooter } from './ManyFooter.tsx'
import { ManyPlan } from './ManyPlan.tsx'
import { runCount } from './batchText.ts'
import styles from './ResumeManyPage.module.css'

export type ResumeManyPageProps = { readonly route: Route & { readonly kind: 'resumeMany' } }

/** What a resume of many runs would do: how many, what is asked once for all, and why others are left out. */
export function ResumeManyPage({ route }: ResumeManyPageProps) {
  const client = useClient()
  const workspace = useWorkspace()
  const mask = useMask()
  const { go } = useNavigation()
  const store = usePageStore(encodeRoute(route), () =>
    createResumeManyStore(client, route, Date.now()),
  )
  const state = useStore(store)
  const { planning, notice, error } = state
  const { view, text } = route
  if (workspace === null) return <Spinner label="Opening the workspace" />
  const plan = planning.kind === 'ready' ? planning.planned.plan : null
  const start = async () => {
    const batch = await state.start()
    if (batch !== null) go({ kind: 'batches', batch })
  }
  const back = { kind: 'runs', view, text } as const
  return (
    <Page>
      <PageHeader
        title={plan === null ? 'Resume runs' : `Resume ${runCount(plan.total)}`}
        note={<span className={styles.title}>{mask.text(titleOf(route))}</span>}
        actions={<a href={encodeRoute(back)}>Back to the runs</a>}
      />
      {notice !== null && (
        <Banner tone="warn" icon="refresh">
          {notice}
        </Banner>
      )}
      {error !== null && <ErrorPanel error={error} onRetry={() => void start()} />}
      {planning.kind === 'loading' &&
        (planning.progress === undefined ? (
          <Spinner label="Planning the resume of each run" />
        ) : (
          <div className={styles.progress}>
            <ProgressBar label="Planning" {...planning.progress} onCancel={state.stopPlan} />
          </div>
        ))}
      {planning.kind === 'failed' && (
        <ErrorPanel error={planning.error} onRetry={() => void state.replan()} />
      )}
      {plan !== null && plan.total === 0 && (
        <EmptyState
          icon="filter"
          title="No run fits any more"
          actions={<Button onClick={() => go(back)}>Choose other runs</Button>}
        >
          What was chosen has changed since, or is gone.
        </EmptyState>
      )}
      {plan !== null && plan.total > 0 && (
        <>
          <ManyPlan plan={plan} state={state} />
          <ManyFooter
            plan={plan}
            state={state}
            route={route}
            workspace={workspace}
            onStart={() => void start()}
          />
        </>
      )}
    </Page>
  )
}
