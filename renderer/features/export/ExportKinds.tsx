import type { ExportKind, ExportSubject } from '../../state/exportStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { exportForms, noteOfForm, whyNotForm } from './exportForms.ts'
import styles from './ExportDialog.module.css'

export type ExportKindsProps = {
  readonly kind: ExportKind
  readonly subject: ExportSubject
  readonly isBusy: boolean
  readonly onPick: (kind: ExportKind) => void
}

/** As what; what is not to be had says why. */
export function ExportKinds({ kind, subject, isBusy, onPick }: ExportKindsProps) {
  const workspace = useWorkspace()
  return (
    <RadioGroup
      legend="Format"
      value={kind}
      options={exportForms.map((form) => {
        const why = whyNotForm(form, subject, workspace)
        return {
          value: form.as,
          disabled: why !== null || isBusy,
          label: (
            <>
              {form.label}
              <small className={styles.note}>{why ?? noteOfForm(form, subject)}</small>
            </>
          ),
        }
      })}
      onChange={onPick}
    />
  )
}
