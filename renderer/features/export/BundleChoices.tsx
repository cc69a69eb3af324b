import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { PassphraseFields } from '../../ui/PassphraseFields.tsx'
import { SecretsChoice } from './SecretsChoice.tsx'
import styles from './ExportDialog.module.css'

/** What goes into a bundle, and who may read it. */
export function BundleChoices() {
  const { runs, choices, choose, work } = useStore(useStores().bundleExport)
  const { logs, backups, paths, redact, reason, encrypts } = choices
  const set = (change: Partial<typeof choices>) => void choose(change)
  return (
    <fieldset className={styles.choices} disabled={work.kind === 'making'}>
      <legend className={styles.hidden}>What is exported</legend>
      {runs.length > 0 && (
        <>
          <Checkbox
            label="With what the attempts wrote"
            checked={logs}
            onChange={(on) => set({ logs: on })}
          />
          <Checkbox
            label="Folders of this machine"
            checked={paths}
            onChange={(on) => set({ paths: on })}
          />
          <Checkbox
            label="Backups (only with secrets)"
            checked={backups}
            disabled={redact}
            onChange={(on) => set({ backups: on })}
          />
        </>
      )}
      <SecretsChoice
        redact={redact}
        reason={reason}
        onRedact={(on) => set({ redact: on })}
        onReason={(text) => set({ reason: text })}
      />
      <Checkbox
        label="Encrypt with a passphrase"
        checked={encrypts}
        onChange={(on) => set({ encrypts: on })}
      />
      {encrypts && <PassphraseFields draft={choices} onChange={set} />}
    </fieldset>
  )
}
