/** How hard a passphrase is to guess, in words: by its length and how many kinds of signs it has, never by sending it anywhere. */
export function passphraseHint(passphrase: string): string {
  if (passphrase === '') return 'Five or more unrelated words are easy to say and hard to guess.'
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) =>
    kind.test(passphrase),
  ).length
  const different = new Set(passphrase).size
  const strength = Math.min(passphrase.length, different * 2) + kinds * 2
  if (strength < 14) return 'Weak: it is guessed in minutes. Make it longer.'
  if (strength < 24) return 'Fair: against a person, not against a farm of machines.'
  return 'Strong.'
}
