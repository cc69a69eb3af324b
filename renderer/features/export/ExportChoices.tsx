import { useStore } from 'zustand'
import type { ExportSubject } from '../../state/exportStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Select } from '../../ui/Select.tsx'
import { SecretsChoice } from './SecretsChoice.tsx'
import styles from './ExportDialog.module.css'

export type ExportChoicesProps = { readonly subject: ExportSubject; readonly isBusy: boolean }

/** What of it, and whether its secrets stay in it. */
export function ExportChoices({ subject, isBusy }: ExportChoicesProps) {
  const { choice, reason, choose, setReason } = useStore(useStores().exports)
  const points = subject.checkpoints.map(({ id, name }) => ({
    value: id,
    label: `${name} · ${id}`,
  }))
  return (
    <fieldset className={styles.choices} disabled={isBusy}>
      <legend className={styles.hidden}>What is exported</legend>
      {choice.as === 'patch' && (
        <>
          <Select
            label="From"
            value={choice.from ?? ''}
            options={points}
            onChange={(from) => choose({ from })}
          />
          <Select
            label="To"
            value={choice.to ?? ''}
            options={[{ value: '', label: 'as it is now' }, ...points]}
            onChange={(to) => choose({ to: to === '' ? null : to })}
          />
        </>
      )}
      {choice.as === 'json' && subject.runs.length > 0 && (
        <Checkbox
          label="With what the attempts wrote"
          checked={choice.logs}
          onChange={(logs) => choose({ logs })}
        />
      )}
      <SecretsChoice
        redact={choice.redact}
        reason={reason}
        onRedact={(redact) => choose({ redact })}
        onReason={setReason}
      />
    </fieldset>
  )
}
