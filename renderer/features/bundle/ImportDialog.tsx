import { useStore } from 'zustand'
import { countChosen, type ImportStage } from '../../state/bundleImportStore.ts'
import { encodeRoute, runRoute, type Route } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { importCommand } from './importCommand.ts'
import { countOf } from '../../ui/countOf.ts'
import { ImportStageView } from './ImportStageView.tsx'
import styles from './Bundle.module.css'

/** Makes runs of this workspace out of those of a bundle. */
export function ImportDialog() {
  const stores = useStores()
  const { stage, name, into, left, make, close } = useStore(stores.bundleImport)
  const { switchTo } = useStore(stores.recent)
  const workspace = useWorkspace()
  const { go } = useNavigation()
  const readOnly =
    into === null && stage.kind !== 'choosing' && workspace?.writable === false
      ? (workspace.readOnlyReason ?? 'It is read-only.')
      : null
  const show = (route: Route) => {
    close()
    if (into === null) go(route)
    else void switchTo(into, encodeRoute(route))
  }
  const made = madeRun(stage)
  const count = stage.kind === 'plan' ? countChosen(stage.plan, left) : 0
  return (
    <Dialog
      open={stage.kind !== 'closed'}
      title={stage.kind === 'choosing' ? 'Import runs of this bundle' : titleOf(name, into)}
      size="l"
      onClose={close}
      footer={
        <>
          {stage.kind === 'plan' && (
            <CopyCommand
              text={importCommand(stage.plan, left, {
                file: name || (workspace?.name ?? ''),
                into,
              })}
            />
          )}
          <span className={styles.why}>{readOnly}</span>
          <Button variant={stage.kind === 'done' ? 'primary' : 'quiet'} onClick={close}>
            {stage.kind === 'done' ? 'Done' : 'Close'}
          </Button>
          {made !== null && (
            <Button icon="arrowRight" onClick={() => show(runRoute(made))}>
              Open the run
            </Button>
          )}
          {made !== null && into !== null && (
            <Button
              icon="branch"
              onClick={() => show({ kind: 'resume', document: made, from: null, step: null })}
            >
              Fork or resume it there
            </Button>
          )}
          {stage.kind === 'plan' && (
            <Button
              variant="primary"
              icon="plus"
              disabled={count === 0 || readOnly !== null}
              onClick={() => void make()}
            >
              {`Import ${countOf(count, 'run')}`}
            </Button>
          )}
        </>
      }
    >
      <ImportStageView stage={stage} />
    </Dialog>
  )
}

function titleOf(name: string, into: string | null): string {
  if (into !== null) return `Import into ${into}`
  return name === '' ? 'Import from a bundle' : `Import from ${name}`
}

/** Where only one was made. */
function madeRun(stage: ImportStage): string | null {
  if (stage.kind !== 'done') return null
  const [first, ...others] = stage.rows.filter(({ outcome }) => outcome === 'done')
  return others.length === 0 ? (first?.result ?? null) : null
}
