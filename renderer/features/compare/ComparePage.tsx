import { useClient } from '../../client/ClientProvider.tsx'
import { makeRef } from '../../state/makeRef.ts'
import type { Route, RouteSide } from '../../state/route.ts'
import { createRunChoicesStore } from '../../state/runChoicesStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { CompareView } from './CompareView.tsx'
import { SidePicker } from './SidePicker.tsx'
import styles from './ComparePage.module.css'

export type CompareRoute = Route & { readonly kind: 'compare' }
export type ComparePageProps = { readonly route: CompareRoute }

/** What differs between two checkpoints, of one run or of two. */
export function ComparePage({ route }: ComparePageProps) {
  const workspace = useWorkspace()
  const client = useClient()
  const { replace } = useNavigation()
  const choices = usePageStore('choices', () => createRunChoicesStore(client))
  const { left, right } = route
  if (workspace === null) return <Spinner label="Opening the workspace" />
  const sideOf = ({ document, format, checkpoint }: RouteSide) => ({
    ref: makeRef(workspace.id, document, format),
    checkpoint,
  })
  return (
    <div className={styles.page}>
      <PageHeader title="Compare">
        <div className={styles.sides}>
          <SidePicker
            name="Before"
            side={left}
            workspace={workspace.id}
            choices={choices}
            onChange={(side) => replace({ ...route, left: side, right: right ?? side })}
          />
          <IconButton
            icon="swap"
            label="Swap sides"
            disabled={left === null || right === null}
            onClick={() => replace({ ...route, left: right, right: left })}
          />
          <SidePicker
            name="After"
            side={right}
            workspace={workspace.id}
            choices={choices}
            onChange={(side) => replace({ ...route, right: side })}
          />
        </div>
      </PageHeader>
      {left === null || right === null ? (
        <EmptyState icon="compare" title="Choose two sides">
          Any two checkpoints of a run, or two runs. What differs is shown value by value.
        </EmptyState>
      ) : (
        <CompareView key={keyOf(route)} left={sideOf(left)} right={sideOf(right)} />
      )}
    </div>
  )
}

function keyOf({ left, right }: CompareRoute): string {
  return JSON.stringify([left, right])
}
