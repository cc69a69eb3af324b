import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { PassphraseFields } from './PassphraseFields.tsx'
import styles from './Bundle.module.css'

/** What goes into the file, and who may read it. */
export function ExportForm() {
  const { choices, choose, work } = useStore(useStores().bundleExport)
  const { logs, backups, paths, redact, reason, encrypts } = choices
  const disabled = work.kind === 'making'
  const set = (change: Partial<typeof choices>) => void choose(change)
  return (
    <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
      <fieldset className={styles.group} disabled={disabled}>
        <legend>In it</legend>
        <p className={styles.quiet}>Journal, state, definition and annotations, always.</p>
        <Checkbox
          label="Logs of the attempts"
          checked={logs}
          onChange={(on) => set({ logs: on })}
        />
        <Checkbox
          label="Folders of this machine"
          checked={paths}
          onChange={(on) => set({ paths: on })}
        />
        <Checkbox
          label="Backups (only unmasked)"
          checked={backups}
          disabled={redact}
          onChange={(on) => set({ backups: on })}
        />
      </fieldset>
      <fieldset className={styles.group} disabled={disabled}>
        <legend>Secrets</legend>
        <Checkbox label="Mask secrets" checked={redact} onChange={(on) => set({ redact: on })} />
        {!redact && (
          <TextField
            takesFocus
            label="Why unmasked"
            hint="The operations log keeps it."
            value={reason}
            onChange={(text) => set({ reason: text })}
          />
        )}
        <Checkbox
          label="Encrypt with a passphrase"
          checked={encrypts}
          onChange={(on) => set({ encrypts: on })}
        />
        {encrypts && <PassphraseFields choices={choices} onChange={set} />}
      </fieldset>
    </form>
  )
}
