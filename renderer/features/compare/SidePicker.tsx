import { useId, useState } from 'react'
import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { makeRef } from '../../state/makeRef.ts'
import type { RouteSide } from '../../state/route.ts'
import type { RunChoicesStore } from '../../state/runChoicesStore.ts'
import { CheckpointPicker } from './CheckpointPicker.tsx'
import styles from './SidePicker.module.css'
import { createRunStore } from '../../state/runStore.ts'

export type SidePickerProps = {
  /** "Before" or "After". */
  readonly name: string
  readonly side: RouteSide | null
  readonly workspace: string
  readonly choices: RunChoicesStore
  readonly onChange: (side: RouteSide) => void
}

/** A run, and a point of it. */
export function SidePicker({ name, side, workspace, choices, onChange }: SidePickerProps) {
  const client = useClient()
  const id = useId()
  const known = useStore(choices, (state) => state.choices)
  const [typed, setTyped] = useState<string | null>(null)
  const rows = known.kind === 'ready' ? known.value : []
  const choose = (text: string) => {
    const row = rows.find(({ ref }) => ref.document === text)
    setTyped(row === undefined ? text : null)
    if (row) onChange({ document: text, format: row.ref.format, checkpoint: null })
  }
  return (
    <fieldset className={styles.side}>
      <legend className={styles.name}>{name}</legend>
      <input
        className={styles.run}
        list={id}
        aria-label={`${name}: run`}
        placeholder="Choose a run, or type its id"
        value={typed ?? side?.document ?? ''}
        spellCheck={false}
        onChange={(event) => choose(event.target.value)}
        onBlur={() => setTyped(null)}
      />
      <datalist id={id}>
        {rows.map((row) => (
          <option key={row.ref.document} value={row.ref.document}>
            {`${row.workflow ?? ''} ${row.status ?? ''}`}
          </option>
        ))}
      </datalist>
      {side && (
        <CheckpointPicker
          key={`${side.format} ${side.document}`}
          label={`${name}: checkpoint`}
          create={() => createRunStore(client, makeRef(workspace, side.document, side.format))}
          value={side.checkpoint}
          onChange={(checkpoint) => onChange({ ...side, checkpoint })}
        />
      )}
    </fieldset>
  )
}
