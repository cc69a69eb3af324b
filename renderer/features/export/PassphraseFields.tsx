import type { ExportChoices } from '../../state/bundleExportStore.ts'
import { TextField } from '../../ui/TextField.tsx'
import { passphraseHint } from './passphraseHint.ts'

export type PassphraseFieldsProps = {
  readonly choices: ExportChoices
  readonly onChange: (change: Partial<ExportChoices>) => void
}

/** Twice, because nobody can read a bundle whose passphrase was mistyped. */
export function PassphraseFields({ choices, onChange }: PassphraseFieldsProps) {
  const { passphrase, repeated } = choices
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
