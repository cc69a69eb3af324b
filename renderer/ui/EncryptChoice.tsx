import { Checkbox } from './Checkbox.tsx'
import styles from './EncryptChoice.module.css'
import { PassphraseFields } from './PassphraseFields.tsx'
import type { PassphraseDraft } from './passphraseDraft.ts'

export type EncryptChoiceProps = {
  readonly draft: PassphraseDraft
  readonly onChange: (draft: PassphraseDraft) => void
}

/** Whether archives are encrypted, and what that means for them. */
export function EncryptChoice({ draft, onChange }: EncryptChoiceProps) {
  return (
    <div className={styles.choice}>
      <Checkbox
        label="Encrypt with a passphrase"
        checked={draft.encrypts}
        onChange={(encrypts) => onChange({ ...draft, encrypts })}
      />
      {draft.encrypts && (
        <>
          <p>
            In the clear stay id, workflow, status, counts and times, for the row in the list. All
            else is read only with the passphrase, which is kept nowhere: without it the run is
            lost.
          </p>
          <PassphraseFields
            draft={draft}
            onChange={(change) => onChange({ ...draft, ...change })}
          />
        </>
      )}
    </div>
  )
}
