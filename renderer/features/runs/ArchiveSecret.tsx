import type { BatchAction } from '../../../shared/schema/batchAction.ts'
import { EncryptChoice } from '../../ui/EncryptChoice.tsx'
import type { PassphraseDraft } from '../../ui/passphraseDraft.ts'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Batch.module.css'

export type ArchiveSecretProps = {
  readonly action: BatchAction
  readonly draft: PassphraseDraft
  readonly onChange: (draft: PassphraseDraft) => void
}

/** To which archives are encrypted, or were; nothing for any other action. */
export function ArchiveSecret({ action, draft, onChange }: ArchiveSecretProps) {
  if (action !== 'archive' && action !== 'unarchive') return null
  return (
    <div className={styles.secret}>
      {action === 'archive' ? (
        <EncryptChoice draft={draft} onChange={onChange} />
      ) : (
        <TextField
          type="password"
          label="Passphrase of those that are encrypted"
          hint="Left empty, an encrypted run stays in the archive and is told. It is kept nowhere."
          value={draft.passphrase}
          onChange={(passphrase) => onChange({ ...draft, passphrase })}
        />
      )}
    </div>
  )
}
