import { useStore } from 'zustand'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createResumeStore } from '../../state/resumeStore.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Page } from '../../ui/Page.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { ResumePlanView } from './ResumePlanView.tsx'
import { ResumeProgress } from './ResumeProgress.tsx'

export type ResumeScreenProps = {
  readonly workspace: Workspace
  readonly document: string
  readonly from: string | null
  readonly step: string | null
}

export function ResumeScreen({ workspace, document, from, step }: ResumeScreenProps) {
  const client = useClient()
  const { go } = useNavigation()
  const ref = { workspace: workspace.id, format: 'unstuck', document, item: null } as const
  const store = usePageStore(JSON.stringify([workspace.id, document, from]), () =>
    createResumeStore(client, { ref, from }),
  )
  const state = useStore(store)
  const { detail, planning, work } = state

  const isFork = planning.kind === 'ready' && planning.planned.plan.mode === 'fork'
  const repair = () => go({ kind: 'repair', document })
  return (
    <Page>
      <PageHeader
        title={
          <>
            {isFork ? 'Fork' : 'Resume'} <code>{document}</code>
          </>
        }
        actions={<a href={encodeRoute(runRoute(document))}>Open the run</a>}
      />
      {work.kind === 'observed' && (
        <ResumeProgress work={work} onReadBack={() => void state.readBack()} />
      )}
      {work.kind !== 'observed' && planning.kind === 'loading' && (
        <Spinner label="Planning the resume" />
      )}
      {work.kind !== 'observed' && planning.kind === 'failed' && (
        <ErrorPanel
          error={planning.error}
          onRetry={() => void state.retry()}
          actions={planning.error.code === 'corrupt' && <Button onClick={repair}>Repair…</Button>}
        />
      )}
      {work.kind !== 'observed' && planning.kind === 'ready' && (
        <ResumePlanView
          state={state}
          plan={planning.planned.plan}
          detail={detail.kind === 'ready' ? detail.value : null}
          workspace={workspace}
          reference={ref}
          asked={step}
        />
      )}
    </Page>
  )
}
