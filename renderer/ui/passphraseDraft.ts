/** Whether something is encrypted, and to what, as a form has it. */
export type PassphraseDraft = {
  readonly encrypts: boolean
  readonly passphrase: string
  readonly repeated: string
}

export const noPassphrase: PassphraseDraft = { encrypts: false, passphrase: '', repeated: '' }

/** Undefined: it is not there yet, or was mistyped once. Null: nothing is encrypted. */
export function givenPassphrase(draft: PassphraseDraft): string | null | undefined {
  const { encrypts, passphrase, repeated } = draft
  if (!encrypts) return null
  return passphrase !== '' && repeated === passphrase ? passphrase : undefined
}
