import { passphraseHint } from './passphraseHint.ts'
import type { PassphraseDraft } from './passphraseDraft.ts'
import { TextField } from './TextField.tsx'

export type PassphraseFieldsProps = {
  readonly draft: Pick<PassphraseDraft, 'passphrase' | 'repeated'>
  readonly onChange: (change: { readonly passphrase?: string; readonly repeated?: string }) => void
}

/** Twice, because nobody can read what was encrypted with a passphrase that was mistyped. */
export function PassphraseFields({ draft, onChange }: PassphraseFieldsProps) {
  const { passphrase, repeated } = draft
  const differs = repeated !== '' && repeated !== passphrase
  return (
    <>
      <TextField
        takesFocus
        type="password"
        label="Passphrase"
        hint={passphraseHint(passphrase)}
        value={passphrase}
        onChange={(text) => onChange({ passphrase: text })}
      />
      <TextField
        type="password"
        label="Once more"
        error={differs ? 'It differs from the one above.' : null}
        value={repeated}
        onChange={(text) => onChange({ repeated: text })}
      />
    </>
  )
}
