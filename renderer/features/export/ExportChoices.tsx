import { useStore } from 'zustand'
import type { ExportSubject } from '../../state/exportStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { exportForms, whyNotForm } from './exportForms.ts'
import styles from './ExportDialog.module.css'

export type ExportChoicesProps = { readonly subject: ExportSubject; readonly isBusy: boolean }

/** As what, what of it, and whether its secrets stay in it. */
export function ExportChoices({ subject, isBusy }: ExportChoicesProps) {
  const { choice, reason, choose, setReason } = useStore(useStores().exports)
  const points = subject.checkpoints.map(({ id, name }) => ({
    value: id,
    label: `${name} · ${id}`,
  }))
  return (
    <fieldset className={styles.choices} disabled={isBusy}>
      <legend className={styles.hidden}>What is exported</legend>
      <RadioGroup
        legend="Format"
        value={choice.as}
        options={exportForms.map((form) => {
          const why = whyNotForm(form, subject)
          return {
            value: form.as,
            disabled: why !== null,
            label: (
              <>
                {form.label}
                <small className={styles.note}>{why ?? form.note}</small>
              </>
            ),
          }
        })}
        onChange={(as) => choose({ as })}
      />
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
      {choice.as === 'json' && (
        <Checkbox
          label="With what the attempts wrote"
          checked={choice.logs}
          onChange={(logs) => choose({ logs })}
        />
      )}
      <Checkbox
        label="Take secrets out"
        checked={choice.redact}
        onChange={(redact) => choose({ redact })}
      />
      {!choice.redact && (
        <TextField
          label="Why they stay in; the operations log keeps it"
          value={reason}
          onChange={setReason}
          placeholder="Such as: asked by the bank"
        />
      )}
    </fieldset>
  )
}
