import { useState } from 'react'
import { useClient } from '../../client/ClientProvider.tsx'
import { makeRef } from '../../state/makeRef.ts'
import { encodeRoute, runRoute, type RouteSide } from '../../state/route.ts'
import { createRunStore } from '../../state/runStore.ts'
import { createSideChoicesStore } from '../../state/sideChoicesStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { CheckpointPicker } from './CheckpointPicker.tsx'
import { SideChooser } from './SideChooser.tsx'
import styles from './SidePicker.module.css'

export type SidePickerProps = {
  readonly name: 'Before' | 'After'
  readonly side: RouteSide | null
  /** The run that what is offered is meant to be compared with. */
  readonly subject: RouteSide | null
  readonly workspace: string
  /** Opens the choice from anywhere. */
  readonly shortcut: string
  readonly onChange: (side: RouteSide) => void
}

/** A run, and a point of it. */
export function SidePicker(props: SidePickerProps) {
  const { name, side, workspace, shortcut, onChange } = props
  const client = useClient()
  const shown = side?.document ?? 'Choose a run…'
  const [isChoosing, setIsChoosing] = useState(false)
  useShortcut(shortcut, () => setIsChoosing(true))
  return (
    <fieldset className={styles.side}>
      <legend className={styles.name}>{name}</legend>
      <div className={styles.run}>
        <Button
          aria-label={`${name}: run ${shown}`}
          title={`${side?.document ?? 'Choose a run'} (${shortcut})`}
          onClick={() => setIsChoosing(true)}
        >
          <code className={styles.id}>
            <bdi>{shown}</bdi>
          </code>
        </Button>
        {side && (
          <a
            className={styles.open}
            href={encodeRoute(runRoute(side.document, side.format))}
            aria-label={`Open the run ${name.toLowerCase()}`}
            title={`Open ${side.document}`}
          >
            <Icon name="arrowRight" size={16} />
          </a>
        )}
      </div>
      {side && (
        <CheckpointPicker
          key={`${side.format} ${side.document}`}
          label={`${name}: checkpoint`}
          create={() => createRunStore(client, makeRef(workspace, side.document, side.format))}
          value={side.checkpoint}
          onChange={(checkpoint) => onChange({ ...side, checkpoint })}
        />
      )}
      <Dialog
        open={isChoosing}
        title={`${name}: what to compare`}
        onClose={() => setIsChoosing(false)}
      >
        <Choosing
          {...props}
          onChange={(chosen) => {
            setIsChoosing(false)
            onChange(chosen)
          }}
        />
      </Dialog>
    </fieldset>
  )
}

/** Reads what there is to choose only once somebody chooses. */
function Choosing({ name, subject, workspace, onChange }: SidePickerProps) {
  const client = useClient()
  const ref = subject && makeRef(workspace, subject.document, subject.format)
  const store = usePageStore(`choose ${name} ${subject?.document}`, () =>
    createSideChoicesStore(client, ref),
  )
  return <SideChooser label="Run, workflow or checkpoint" store={store} onChoose={onChange} />
}
