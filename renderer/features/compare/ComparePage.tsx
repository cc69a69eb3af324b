import { useClient } from '../../client/ClientProvider.tsx'
import { makeRef } from '../../state/makeRef.ts'
import type { Route, RouteSide } from '../../state/route.ts'
import { createSideChoicesStore } from '../../state/sideChoicesStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { useNotify } from '../../state/useNotify.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { CompareView } from './CompareView.tsx'
import { SideChooser } from './SideChooser.tsx'
import { SidePicker } from './SidePicker.tsx'
import styles from './ComparePage.module.css'

export type CompareRoute = Route & { readonly kind: 'compare' }
export type ComparePageProps = { readonly route: CompareRoute }

/** What differs between two checkpoints, of one run or of two. */
export function ComparePage({ route }: ComparePageProps) {
  const workspace = useWorkspace()
  const { replace } = useNavigation()
  const notify = useNotify()
  const { left, right } = route
  const isWhole = left !== null && right !== null
  const swap = () => {
    if (isWhole) replace({ ...route, left: right, right: left })
    else notify('info', 'There are no two sides to swap yet: choose both first.')
  }
  useShortcut('s', swap)
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
            subject={right ?? left}
            workspace={workspace.id}
            shortcut="1"
            onChange={(side) => replace({ ...route, left: side })}
          />
          <IconButton
            icon="swap"
            label="Swap sides"
            title="Swap sides (s)"
            disabled={!isWhole}
            onClick={swap}
          />
          <SidePicker
            name="After"
            side={right}
            subject={left ?? right}
            workspace={workspace.id}
            shortcut="2"
            onChange={(side) => replace({ ...route, right: side })}
          />
        </div>
      </PageHeader>
      {isWhole ? (
        <CompareView
          key={JSON.stringify([left, right])}
          left={sideOf(left)}
          right={sideOf(right)}
        />
      ) : (
        <FirstChoice
          key={(left ?? right)?.document ?? ''}
          known={left ?? right}
          workspace={workspace.id}
          onChoose={(side) => {
            const known = left ?? right
            replace({ ...route, left: side, right: known ?? side })
          }}
        />
      )}
    </div>
  )
}

type FirstChoiceProps = {
  readonly known: RouteSide | null
  readonly workspace: string
  readonly onChoose: (side: RouteSide) => void
}

/** With one run at hand, what it is most likely to be compared with; what is chosen stands before it. */
function FirstChoice({ known, workspace, onChoose }: FirstChoiceProps) {
  const client = useClient()
  const store = usePageStore(`first ${known?.document}`, () =>
    createSideChoicesStore(client, known && makeRef(workspace, known.document, known.format)),
  )
  return (
    <section className={styles.first} aria-label="Choose what to compare">
      <h3 className={styles.question}>
        {known === null ? 'Which run?' : 'What was before? Choose what to compare it with.'}
      </h3>
      <SideChooser label="Run, workflow or checkpoint" store={store} onChoose={onChoose} />
    </section>
  )
}
