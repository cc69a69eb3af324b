// What stands where a secret could stand and is none: masks that were put there before, and references to a value that is elsewhere.

/** What stands for a value that is not shown; its length says nothing of the value's. */
export const mask = '••••••'

/** What stands for a value in an export: the same number for the same value. */
export function labelOf(number: number): string {
  return `«redacted:${number}»`
}

/** For a value so short that saying where else it stands would help to guess it. */
export const shortLabel = '«redacted»'

/** Whether nothing that could be a secret is left of a text once masks and references are taken away. */
export function isNoSecret(text: string): boolean {
  if (!/[«•$]/.test(text)) return !/[\p{L}\p{N}]/u.test(text)
  const left = text.replace(standIn, '').replace(/^\s*(?:bearer|basic|token)\s/i, '')
  return !/[\p{L}\p{N}]/u.test(left)
}

/** Labels, masks, `${{ inputs.token }}` without a text in it, and `${TOKEN}`. */
const standIn = /«redacted(?::\d{1,9})?(?::number)?»|•{6}|\$\{\{[^{}'"]{1,300}\}\}|\$\{\w{1,100}\}/g
