import { Checkbox } from '../../ui/Checkbox.tsx'
import { TextField } from '../../ui/TextField.tsx'

export type SecretsChoiceProps = {
  readonly redact: boolean
  readonly reason: string
  readonly onRedact: (redact: boolean) => void
  readonly onReason: (reason: string) => void
}

/** Whether its secrets stay in it; only for a reason. */
export function SecretsChoice({ redact, reason, onRedact, onReason }: SecretsChoiceProps) {
  return (
    <>
      <Checkbox label="Take secrets out" checked={redact} onChange={onRedact} />
      {!redact && (
        <TextField
          takesFocus
          label="Why they stay in; the operations log keeps it"
          value={reason}
          onChange={onReason}
          placeholder="Such as: asked by the bank"
        />
      )}
    </>
  )
}
